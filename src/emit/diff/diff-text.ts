import type { ReachChange, ReachDiff } from '../../model/reach-diff.ts';
import type { Terminal } from '../matrix/matrix-text.ts';
import { visible } from '../visible.ts';
import { changedPorts, notesOf, sectionsOf, shortList, titleOf } from './sections.ts';

const SIGN: Readonly<Record<ReachChange['kind'], { readonly sign: string; readonly colour: number }>> = {
  added: { sign: '+', colour: 32 },
  removed: { sign: '-', colour: 31 },
};

/** A diff for a terminal: a line for each change, and below it what did it. Ends with a newline. */
export function printDiff(diff: ReachDiff, { isColoured }: Terminal): string {
  const paint = (code: number, text: string): string => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = sectionsOf(diff).flatMap(({ heading, changes }) => [
    '',
    paint(1, heading),
    ...changes.flatMap((change) => changeLines(change, paint)),
  ]);
  const notes = notesOf(diff).map(
    ({ head, names }) => `${paint(1, `${head}:`)} ${shortList(names).map(visible).join(', ')}`,
  );
  return `${[paint(1, titleOf(diff)), ...lines, ...(notes.length === 0 ? [] : ['', ...notes])].join('\n')}\n`;
}

function changeLines(change: ReachChange, paint: (code: number, text: string) => string): readonly string[] {
  const { kind, sources, destinations, because } = change;
  const { sign, colour } = SIGN[kind];
  const names = (words: readonly string[]): string => shortList(words).map(visible).join(', ');
  return [
    paint(colour, `${sign} ${names(sources)} -> ${names(destinations)}: ${changedPorts(change)}`),
    ...shortList(because).map((line) => `    ${visible(line)}`),
  ];
}
