import type { Line } from './line.ts';

/** Blank lines leave with what they follow, or a block scalar before it that keeps its line breaks would get them. */
export function behindBlank(lines: readonly Line[], from: number): number {
  let number = from;
  while (lines[number]?.first === 0) number += 1;
  return number;
}
