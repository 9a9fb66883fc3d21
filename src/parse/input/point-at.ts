import type { Problem } from '../../model/problem.ts';

/** A place in a text, for people: one-based, with the line and a caret under the place. */
export interface Pointer {
  readonly line: number;
  readonly column: number;
  readonly snippet: string;
}

/** Characters shown before and after the place in a long line. */
const REACH = 60;

/** Describes the place at `offset` of `text`. Tabs count as one column and are shown as spaces. */
export function pointAt(text: string, offset: number): Pointer {
  const at = Math.min(Math.max(offset, 0), text.length);
  const starts = lineStarts(text);
  const line = countUpTo(starts, at);
  const start = starts[line - 1] ?? 0;
  const rest = /^[^\r\n]*/.exec(text.slice(at, at + 4096))?.[0] ?? '';
  const head = text.slice(start, at);
  const shownHead = head.length > REACH ? `...${head.slice(-REACH)}` : head;
  const shownRest = rest.length > REACH ? `${rest.slice(0, REACH)}...` : rest;
  const gutter = `${line} | `;
  const shown = `${gutter}${shownHead}${shownRest}`.replaceAll('\t', ' ').trimEnd();
  return { line, column: head.length + 1, snippet: `${shown}\n${' '.repeat(gutter.length + shownHead.length)}^` };
}

/** A problem with the text at `offset`. */
export function problemAt(
  text: string,
  offset: number,
  code: string,
  message: string,
): Pick<Problem, 'code' | 'message' | 'snippet'> {
  const { line, column, snippet } = pointAt(text, offset);
  return { code, message: `${message} (line ${line}, column ${column})`, snippet };
}

let latest: { readonly text: string; readonly starts: readonly number[] } | undefined;

/** Offsets of a text's lines; kept for the latest text, since thousands of problems may point into one. */
function lineStarts(text: string): readonly number[] {
  if (latest?.text !== text) {
    const breaks = [...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: found }) => index + found.length);
    latest = { text, starts: [0, ...breaks] };
  }
  return latest.starts;
}

/** How many of some ascending numbers are not above a limit. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
