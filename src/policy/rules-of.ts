import type { Direction } from '../model/direction.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';

/** The rules of a policy for one direction; undefined where it says nothing of it. */
export function rulesOf(policy: NetworkPolicy, direction: Direction): NetworkPolicy['ingress'] {
  return direction === 'Ingress' ? policy.ingress : policy.egress;
}

/** Those that let something through. */
export function allowing(rules: readonly Rule[] | undefined): readonly Rule[] {
  return (rules ?? []).filter(({ action = 'allow' }) => action === 'allow');
}
