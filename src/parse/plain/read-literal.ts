import type { Line } from '../input/line.ts';
import { ODD } from './odd.ts';

const HEADER = /\|(-?) *(?: #[^\n]*)?\n/y;

/** A block scalar's value, and the number of the line behind it. */
export interface Literal {
  readonly value: string;
  readonly next: number;
}

/**
 * Reads `|` or `|-` at an offset of line `number`, with lines deeper than `column`. Every line must end with a newline,
 * the first one must not be blank, and blank ones must not be longer than the indentation. Throws ODD.
 */
export function readLiteral(
  text: string,
  lines: readonly Line[],
  number: number,
  to: number,
  offset: number,
  column: number,
): Literal {
  HEADER.lastIndex = offset;
  const header = HEADER.exec(text);
  const indent = lines[number + 1]?.column ?? 0;
  if (header === null || indent <= column || lines[number + 1]?.first === 0) throw ODD;
  const written: string[] = [];
  let filled = 0;
  let next = number + 1;
  for (; next < to; next += 1) {
    const line = lines[next] as Line;
    if (line.first === 0) {
      if (line.end - line.start > indent) throw ODD;
      written.push('');
    } else if (line.column >= indent) {
      if (line.next === line.end) throw ODD;
      written.push(text.slice(line.start + indent, line.end));
      filled = written.length;
    } else if (line.column > column) throw ODD;
    else break;
  }
  return { value: written.slice(0, filled).join('\n') + (header[1] === '-' ? '' : '\n'), next };
}
