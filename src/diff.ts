import { printDiffJson } from './emit/diff/diff-json.ts';
import { printDiffMarkdown } from './emit/diff/diff-markdown.ts';
import { printDiff } from './emit/diff/diff-text.ts';
import type { Terminal } from './emit/matrix/matrix-text.ts';
import type { End } from './model/end.ts';
import { hasErrors, type Problem, sortProblems } from './model/problem.ts';
import type { ReachDiff } from './model/reach-diff.ts';
import { absentEnds, addressesOf, type Read, readObserved, workloadEnds } from './observe.ts';
import type { RunRequest } from './parse/request.ts';
import type { Side } from './reach/compare-reach.ts';
import { viewDiff } from './reach/diff-view.ts';
import { namedEnds } from './reach/named-ends.ts';
import { mapReach } from './reach/reach-map.ts';

/** How a diff may be printed. */
export type DiffFormat = 'text' | 'markdown' | 'json';

export const DIFF_FORMATS: readonly DiffFormat[] = ['text', 'markdown', 'json'];

/** A printed diff, and what it found; undefined after an error. */
export interface DiffResult {
  readonly text: string;
  readonly found: ReachDiff | undefined;
  readonly problems: readonly Problem[];
}

const PRINTERS: Readonly<Record<DiffFormat, (diff: ReachDiff, terminal: Terminal) => string>> = {
  text: printDiff,
  markdown: printDiffMarkdown,
  json: printDiffJson,
};

/** The connections that one build lets through and the other does not, by the policies of each, whoever wrote them. */
export function diff(
  [before, after]: readonly [RunRequest, RunRequest],
  { format, terminal }: { readonly format: DiffFormat; readonly terminal: Terminal },
): DiffResult {
  const problems: Problem[] = [];
  const [old, now] = [readObserved(before, problems), readObserved(after, problems)];
  if (old === undefined || now === undefined || hasErrors(problems)) {
    return { text: '', found: undefined, problems: sortProblems(problems) };
  }
  const found = viewDiff(sidesOf(old, now));
  return { text: PRINTERS[format](found, terminal), found, problems: sortProblems(problems) };
}

/** Both builds with the same ends: a workload is the same where it has the same name. */
function sidesOf(old: Read, now: Read): Parameters<typeof viewDiff>[0] {
  const policies = [...old.policies, ...now.policies];
  const addresses = addressesOf(policies, now.config);
  const [was, is] = [workloadEnds(old.cluster), workloadEnds(now.cluster)];
  const isNow = new Set(is.map(({ name }) => name));
  const workloads = [...is, ...was.filter(({ name }) => !isNow.has(name))];
  const present = [...was, ...is];
  const shared = [...absentEnds(policies, present, now.cluster), ...namedEnds(policies, present), ...addresses.ends];
  return {
    before: sideOf(old, [...was, ...shared]),
    after: sideOf(now, [...is, ...shared]),
    ends: [...workloads, ...shared],
    addresses,
  };
}

function sideOf({ policies }: Read, ends: readonly End[]): Side {
  const positions = new Map(ends.map(({ name }, position) => [name, position]));
  const map = mapReach(
    policies,
    ends.map(({ endpoint }) => endpoint),
  );
  return { map, positionOf: ({ name }) => positions.get(name) };
}
