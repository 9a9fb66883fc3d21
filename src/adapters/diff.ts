import { DIFF_FORMATS, type DiffFormat, diff } from '../diff.ts';
import type { Problem } from '../model/problem.ts';
import type { ReachChange, ReachDiff } from '../model/reach-diff.ts';
import { printProblem, type RunRequest } from '../run.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { oneOf } from './one-of.ts';
import { readOptions } from './options.ts';
import { readRequest } from './read-request.ts';
import { terminalOfStdout } from './terminal.ts';

const OPTIONS = {
  format: { type: 'string', short: 'o' },
  'fail-on': { type: 'string' },
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Prints which connections a change adds and removes, by the NetworkPolicies of two builds, and what did it.

Usage:
  postern diff [OPTIONS] BEFORE AFTER      files or folders with rendered manifests; "-" is stdin

  kustomize build --enable-alpha-plugins --enable-exec overlays/production > after.yaml
  git stash; kustomize build …                                             > before.yaml
  postern diff --format markdown before.yaml after.yaml

Options:
  -o, --format FORMAT   text (as it is), markdown for the comment of a review, or json
  --fail-on CHANGES     exit 3 where there are such changes, with commas between them:
                          added, removed, from-outside (added, from an address outside the cluster),
                          to-outside (added, to one), not-isolated (a workload that is no longer isolated)
  --config FILE         the config of both builds: its pods, privateRanges, nodes and workloadKinds
  --namespace NAME      the namespace of objects that name none, before the config's
  --verbose             print infos too
  --help                print this

Exit status: 0, 1 when something cannot be read, 2 when the command line is wrong, 3 by --fail-on.
`;

const REFUSED = 3;

const GATES: ReadonlyMap<string, (found: ReachDiff) => number> = new Map([
  ['added', changesThat(({ kind }) => kind === 'added')],
  ['removed', changesThat(({ kind }) => kind === 'removed')],
  ['from-outside', changesThat(({ kind, outside }) => kind === 'added' && outside === 'source')],
  ['to-outside', changesThat(({ kind, outside }) => kind === 'added' && outside === 'destination')],
  ['not-isolated', ({ isolation }) => isolation.filter(({ now }) => now === 'open').length],
]);

/** `postern diff`. */
export function diffCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern diff');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { values, positionals } = read;
  if (values.help === true) return finish(0, HELP, []);
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) {
    return refuseUsage(`postern diff must be followed by two paths, BEFORE and AFTER, got ${positionals.length}`);
  }
  if (before === '-' && after === '-') return refuseUsage('only one of BEFORE and AFTER may be "-", which is stdin');
  const format = oneOf('--format', values.format ?? 'text', DIFF_FORMATS);
  if (typeof format === 'object') return refuseUsage(format.wrong);
  const gates = (values['fail-on'] ?? '').split(',').filter((word) => word !== '');
  const wrong = gates
    .map((gate) => oneOf('--fail-on', gate, [...GATES.keys()]))
    .find((gate) => typeof gate === 'object');
  if (typeof wrong === 'object') return refuseUsage(wrong.wrong);
  const asked = [before, after].map((path) => readRequest(path === '-' ? [] : [path], values));
  const unread = asked.flatMap((one) => ('problems' in one ? one.problems : []));
  if (unread.length > 0) return finish(1, '', linesOf(unread, false));
  const requests = asked.flatMap((one) => ('request' in one ? [one.request] : [])) as [RunRequest, RunRequest];
  return publish(requests, format, gates, values.verbose === true);
}

function publish(
  requests: [RunRequest, RunRequest],
  format: DiffFormat,
  gates: readonly string[],
  verbose: boolean,
): number {
  const { text, found, problems } = diff(requests, { format, terminal: terminalOfStdout() });
  if (found === undefined) return finish(1, '', linesOf(problems, verbose));
  const refusals = gates.flatMap((gate) => refusalOf(gate, found));
  return finish(refusals.length > 0 ? REFUSED : 0, text, [
    ...linesOf(problems, verbose),
    ...refusals.map(printProblem),
  ]);
}

function refusalOf(gate: string, found: ReachDiff): readonly Problem[] {
  const number = GATES.get(gate)?.(found) ?? 0;
  if (number === 0) return [];
  const message = `must not change who may connect to whom by "${gate}" (--fail-on), got ${number} such ${number === 1 ? 'change' : 'changes'}`;
  return [{ code: 'refused-change', severity: 'error', message }];
}

function changesThat(is: (change: ReachChange) => boolean): (found: ReachDiff) => number {
  return ({ changes }) => changes.filter(is).length;
}
