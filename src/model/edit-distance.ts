import { distance } from 'fastest-levenshtein';

/** The fewest letters that are added, removed or replaced between two texts. */
export function editDistance(a: string, b: string): number {
  return distance(a, b);
}
