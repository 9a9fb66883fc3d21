import type { IsolationChange, ReachChange, ReachDiff } from '../../model/reach-diff.ts';
import { portText } from '../port-text.ts';

/** Changes that belong together, under a heading. */
export interface Section {
  readonly heading: string;
  readonly changes: readonly ReachChange[];
}

/** Longer lists of names are cut; JSON has them whole. */
const MOST_NAMES = 6;

const SECTIONS: readonly {
  readonly heading: string;
  readonly kind: ReachChange['kind'];
  readonly isOfNewEnds: boolean;
}[] = [
  { heading: 'Added', kind: 'added', isOfNewEnds: false },
  { heading: 'Added with new workloads', kind: 'added', isOfNewEnds: true },
  { heading: 'Removed', kind: 'removed', isOfNewEnds: false },
  { heading: 'Removed with workloads that are gone', kind: 'removed', isOfNewEnds: true },
];

/** The changes in the order in which a reviewer wants them; sections without any are left out. */
export function sectionsOf({ changes }: ReachDiff): readonly Section[] {
  return SECTIONS.map(({ heading, kind, isOfNewEnds }) => ({
    heading,
    changes: changes.filter((change) => change.kind === kind && change.isOfNewEnds === isOfNewEnds).sort(byNames),
  })).filter((section) => section.changes.length > 0);
}

/** `Who may connect to whom: 2 changes added, 1 removed`, in lines of the diff. */
export function titleOf({ changes, isolation }: ReachDiff): string {
  if (changes.length === 0 && isolation.length === 0) return 'Nothing changes in who may connect to whom.';
  const count = (kind: ReachChange['kind']): string =>
    `${changes.filter((change) => change.kind === kind).length} ${kind}`;
  return `What changes in who may connect to whom: ${count('added')}, ${count('removed')}`;
}

/** What else there is to know: workloads that come and go, and isolation. */
export function notesOf(diff: ReachDiff): readonly { readonly head: string; readonly names: readonly string[] }[] {
  const isolated = (now: IsolationChange['now']): readonly string[] =>
    diff.isolation
      .filter((change) => change.now === now)
      .map(({ names, directions }) => `${names.join(', ')} for ${directions.join(' and ').toLowerCase()}`);
  return [
    { head: 'New workloads', names: diff.newEnds },
    { head: 'Workloads that are gone', names: diff.goneEnds },
    { head: 'Isolated now', names: isolated('isolated') },
    { head: 'No longer isolated', names: isolated('open') },
  ].filter(({ names }) => names.length > 0);
}

/** `all`, `5432, 53/udp`, `all but 443`. */
export function changedPorts({ ports, allBut }: ReachChange): string {
  return allBut === undefined ? portText(ports) : `all but ${portText(allBut)}`;
}

/** The first names of a list, and how many more there are. */
export function shortList(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_NAMES + 1) return names;
  return [...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`];
}

function byNames(a: ReachChange, b: ReachChange): number {
  const [left, right] = [a, b].map(({ destinations, sources }) => `${destinations.join()} ${sources.join()}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
