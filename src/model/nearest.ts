import { editDistance } from './edit-distance.ts';

/** Names longer than this are not compared: nobody mistypes them, and the comparison is quadratic. */
const LONGEST = 256;

/**
 * The candidate that `name` was probably meant to be: the same letters in another case, else the one that the fewest
 * edits away, at most a third of its length. Of equally near ones, the first by code unit, so that the answer does not
 * depend on the order of the candidates. A candidate that equals `name` is never suggested, nor one that `accept`
 * refuses; it is asked about near ones only.
 */
export function nearest(
  name: string,
  candidates: Iterable<string>,
  accept: (candidate: string) => boolean = () => true,
): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  if (name.length > LONGEST) return undefined;
  for (const candidate of candidates) {
    const edits = editsBetween(name, candidate);
    if (edits === undefined) continue;
    const isBetter = best === undefined || edits < best.edits || (edits === best.edits && candidate < best.candidate);
    if (isBetter && accept(candidate)) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Edits from one name to the other, 0 when only their case differs; undefined when they are too far apart. */
function editsBetween(name: string, candidate: string): number | undefined {
  if (name === candidate) return undefined;
  const [a, b] = [name.toLowerCase(), candidate.toLowerCase()];
  if (a === b) return 0;
  const longest = Math.max(a.length, b.length);
  const limit = Math.max(1, Math.floor(longest / 3));
  if (Math.abs(a.length - b.length) > limit || b.length > LONGEST) return undefined;
  if (lettersApart(a, b) > limit) return undefined;
  const edits = isSwap(a, b) ? 1 : editDistance(a, b);
  return edits <= limit && edits < longest ? edits : undefined;
}

/** The letters that only one of two names has, wherever they stand: no fewer edits are needed, and they are soon counted. */
function lettersApart(a: string, b: string): number {
  let rest = b;
  let missing = 0;
  for (let index = 0; index < a.length; index++) {
    const at = rest.indexOf(a.charAt(index));
    if (at < 0) missing++;
    else rest = rest.slice(0, at) + rest.slice(at + 1);
  }
  return Math.max(missing, rest.length);
}

/** Whether two neighbouring letters changed places: one slip of the fingers, which Levenshtein counts as two. */
function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (a[at] === b[at]) at++;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}
