import type { CalicoRule } from './rules.ts';

/** As many rules as a policy may hold in one direction. */
const MOST_RULES = 1024;

/** Bytes of the rules of one direction: kubectl keeps a copy of the object in an annotation, and those hold 256 KiB. */
const MOST_BYTES = 80 * 1024;

/** Rules as lists that a policy can hold; policies that only allow add up. Of no rules, one empty list. */
export function partsOf(rules: readonly CalicoRule[]): readonly (readonly CalicoRule[])[] {
  const parts: CalicoRule[][] = [[]];
  let left = MOST_BYTES;
  for (const rule of rules) {
    const size = JSON.stringify(rule).length;
    const part = parts.at(-1) ?? [];
    const isFull = part.length > 0 && (part.length === MOST_RULES || size > left);
    left = (isFull ? MOST_BYTES : left) - size;
    if (isFull) parts.push([rule]);
    else part.push(rule);
  }
  return parts;
}
