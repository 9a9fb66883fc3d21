import type { Lines } from '../input/lines.ts';
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
  lines: Lines,
  number: number,
  to: number,
  offset: number,
  column: number,
): Literal {
  HEADER.lastIndex = offset;
  const header = HEADER.exec(text);
  const { starts, ends, columns, firsts } = lines;
  const indent = columns[number + 1] ?? 0;
  if (header === null || number + 1 >= to || indent <= column || firsts[number + 1] === 0) throw ODD;
  const written: string[] = [];
  let filled = 0;
  let next = number + 1;
  for (; next < to; next += 1) {
    const [start, end] = [starts[next] as number, ends[next] as number];
    if (firsts[next] === 0) {
      if (end - start > indent) throw ODD;
      written.push('');
    } else if ((columns[next] as number) >= indent) {
      if (end === text.length) throw ODD;
      written.push(text.slice(start + indent, end));
      filled = written.length;
    } else if ((columns[next] as number) > column) throw ODD;
    else break;
  }
  return { value: written.slice(0, filled).join('\n') + (header[1] === '-' ? '' : '\n'), next };
}
