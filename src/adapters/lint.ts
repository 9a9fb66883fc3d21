import { type LintResult, lint } from '../lint.ts';
import type { Problem, Severity } from '../model/problem.ts';
import { resultOf } from '../run.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { readOptions } from './options.ts';
import { readRequest } from './read-request.ts';

const OPTIONS = {
  config: { type: 'string' },
  namespace: { type: 'string' },
  format: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Looks for mistakes in NetworkPolicies, generated and hand-written, from the manifests alone.

Usage:
  kustomize build … | postern lint [--config FILE]     a finished build, as a stream of documents
  postern lint [--config FILE] PATH...                 files and folders
  kubectl get -A -o yaml ns,deploy,…,netpol | postern lint   a cluster

Options:
  --config FILE      the config of the build: its pods, its namespace, its prefix of annotations
  --namespace NAME   the namespace of objects that name none, before the config's
  --format NAME      text (the default) or json, which holds infos too
  --verbose          print infos too
  --help             print this

Exit status: 0 when nothing was found but infos, 1 after a warning or an error, 2 when the command line is wrong.
`;

/** `postern lint`. */
export function lintCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern lint');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { format = 'text', verbose, help } = read.values;
  if (help === true) return finish(0, HELP, []);
  const print = FORMATS.get(format);
  if (print === undefined) return refuseUsage(`--format must be text or json, got "${format}"`);
  const asked = readRequest(read.positionals, read.values);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const found = lint(asked.request);
  return finish(found.problems.some(({ severity }) => severity !== 'info') ? 1 : 0, print(found, verbose === true), []);
}

type Print = (found: LintResult, verbose: boolean) => string;

const FORMATS: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['text', printText],
  ['json', ({ problems }) => `${JSON.stringify(problems.map(resultOf), undefined, 2)}\n`],
]);

function printText({ policies, problems }: LintResult, verbose: boolean): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => count(problems, severity));
  const hint = !verbose && problems.some(({ severity }) => severity === 'info') ? ' (--verbose shows infos)' : '';
  const found = counts.length === 0 ? 'nothing found' : counts.join(', ');
  const summary = `${policies} ${policies === 1 ? 'policy' : 'policies'}: ${found}${hint}`;
  return `${[...linesOf(problems, verbose), summary].join('\n')}\n`;
}

function count(problems: readonly Problem[], severity: Severity): readonly string[] {
  const number = problems.filter((problem) => problem.severity === severity).length;
  return number === 0 ? [] : [`${number} ${severity}${number === 1 ? '' : 's'}`];
}
