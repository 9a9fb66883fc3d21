import type { Span } from '../../model/layout.ts';
import { isFiller, type Lines, startOfLine } from './lines.ts';
import { isDash } from './section.ts';

/** One entry of a list in block style, by the numbers of its lines. */
export interface EntryLines {
  readonly from: number;
  /** Line behind the entry: comments that stand no deeper than the dash belong to what follows. */
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
  const { firsts, columns } = lines;
  const column = columns[number] as number;
  const entries: EntryLines[] = [];
  let start = number;
  let end = number + 1;
  let inGap = false;
  for (number += 1; number < to; number += 1) {
    const at = columns[number] as number;
    if (firsts[number] === 0) {
      if (!inGap) end = number + 1;
    } else if (at > column) {
      end = number + 1;
      inGap = false;
    } else if (isFiller(lines, number)) {
      inGap = true;
    } else if (at === column && isDash(text, lines, number)) {
      entries.push({ from: start, to: end });
      start = number;
      end = number + 1;
      inGap = false;
    } else {
      break;
    }
  }
  entries.push({ from: start, to: end });
  return { column, entries, to: number };
}

/** Where the lines of an entry lie in the text. */
export function spanOfLines(lines: Lines, { from, to }: EntryLines): Span {
  return { start: startOfLine(lines, from), end: lines.nexts[to - 1] as number };
}
