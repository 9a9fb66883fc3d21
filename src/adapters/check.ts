import { type CheckResult, check } from '../check.ts';
import type { Problem } from '../model/problem.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { readOptions } from './options.ts';
import { readRequest } from './read-request.ts';

const OPTIONS = {
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Fails when something is declared isolated that no NetworkPolicy of the input closes, as when a render skipped the function.

Usage:
  kustomize build … | postern check [--config FILE]   the finished build, as a stream of documents
  postern check [--config FILE] PATH...               files and folders
  postern check                                       a KRM validator: a ResourceList in, the same out with its results

Declared isolated is what an annotation or the config closes: a Namespace, a workload, or the pods of an allow list. Any
policy of the input counts, hand-written ones too.

Options:
  --config FILE      the config that the build has, where it closes something
  --namespace NAME   the namespace of objects that name none, before the config's
  --verbose          print infos too
  --help             print this

Exit status: 0 when all of it is closed, 1 when something is open or cannot be read, 2 when the command line is wrong.
`;

/** `postern check`. */
export function checkCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern check');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { verbose, help } = read.values;
  if (help === true) return finish(0, HELP, []);
  const asked = readRequest(read.positionals, read.values);
  if ('problems' in asked) return fail(asked.problems);
  return publish(check(asked.request), verbose === true);
}

function publish({ declared, problems, failed, verbose, mode, resourceList }: CheckResult, asked: boolean): number {
  const lines = linesOf(problems, verbose || asked);
  const said = failed || declared === undefined ? '' : `${summary(declared, mode)}\n`;
  return finish(failed ? 1 : 0, resourceList ?? said, lines);
}

function summary({ namespaces, workloads }: NonNullable<CheckResult['declared']>, mode: CheckResult['mode']): string {
  if (namespaces + workloads === 0) return 'nothing is declared isolated';
  const what =
    mode === 'observe' ? 'their policies are observed, so that nothing is closed yet' : 'all of them are closed';
  return `${count(namespaces, 'namespace')} and ${count(workloads, 'workload')} are declared isolated, and ${what}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function fail(problems: readonly Problem[]): number {
  return finish(1, '', linesOf(problems, false));
}
