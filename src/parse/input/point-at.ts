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
  const before = text.slice(0, at);
  const start = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const line = (before.match(/\r\n|\r|\n/g)?.length ?? 0) + 1;
  const rest = /^[^\r\n]*/.exec(text.slice(at, at + 4096))?.[0] ?? '';
  const head = before.slice(start);
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
