import type { Lines } from './lines.ts';

/** Blank lines leave with what they follow, or a block scalar before it that keeps its line breaks would get them. */
export function behindBlank({ length, firsts }: Lines, from: number): number {
  let number = from;
  while (number < length && firsts[number] === 0) number += 1;
  return number;
}
