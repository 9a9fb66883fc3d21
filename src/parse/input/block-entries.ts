import type { Span } from '../../model/layout.ts';
import { behindLine, hasText, isFiller, type Lines, nextNotDeeper, startOfLine } from './lines.ts';
import { isDash } from './section.ts';

/** One entry of a list in block style: whole lines of the text. */
export interface EntryLines extends Span {
  /** Number of its first line. */
  readonly from: number;
  /** Number of the line behind the entry: comments that stand no deeper than the dash belong to what follows. */
  readonly to: number;
}

/** Entries of a list in block style. */
export interface BlockSlices {
  readonly column: number;
  readonly entries: readonly EntryLines[];
  /** Line behind the list. */
  readonly to: number;
}

/**
 * Cuts a list in block style at its dashes, from the line of its first dash or of a comment before it. Every line of
 * an entry is deeper than its dash, so the list ends at the first line that is not, and is no dash at its column.
 */
export function sliceEntries(text: string, lines: Lines, from: number, to: number): BlockSlices | undefined {
  let number = from;
  while (number < to && isFiller(lines, number)) number += 1;
  if (number >= to || !isDash(text, lines, number)) return undefined;
  const column = lines.columns[number] as number;
  const entries: EntryLines[] = [];
  let start = number;
  let end = number;
  // Behind a comment that stands no deeper than the dash, until something deeper shows that it is the entry's.
  let inGap = false;
  for (;;) {
    const next = nextNotDeeper(lines, number + 1, to, column);
    if (!inGap || hasText(lines, number + 1, next)) end = next;
    number = next;
    inGap = number < to && isFiller(lines, number);
    if (inGap) continue;
    if (number === to || lines.columns[number] !== column || !isDash(text, lines, number)) break;
    entries.push(entryOf(lines, start, end));
    start = number;
  }
  entries.push(entryOf(lines, start, end));
  return { column, entries, to: number };
}

function entryOf(lines: Lines, from: number, to: number): EntryLines {
  return { from, to, start: startOfLine(lines, from), end: behindLine(lines, to - 1) };
}
