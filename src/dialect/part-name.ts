import type { NetworkPolicy } from '../model/network-policy.ts';

/** The name of one part of a policy: its own, `<name>-part-2`, ... `taken` holds those in use, and then this one too. */
export function partName(policy: NetworkPolicy, index: number, taken: Set<string>): string {
  if (index === 0) return policy.name;
  for (let number = index + 1; ; number += 1) {
    const name = `${policy.name.slice(0, 240).replace(/[-.]+$/, '')}-part-${number}`;
    const key = `${policy.namespace}/${name}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}
