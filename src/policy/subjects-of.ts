import type { Direction } from '../model/direction.ts';
import type { NetworkPolicy, PodsPeer } from '../model/network-policy.ts';
import { rulesOf } from './rules-of.ts';

/** The pods that a policy is about: those that any of these finds. */
export function subjectsOf({ foreign, podSelector }: NetworkPolicy): readonly PodsPeer[] {
  return foreign?.subjects ?? [{ kind: 'pods', namespaceSelector: undefined, podSelector }];
}

/** Whether a policy closes a direction of its pods to what nothing allows. */
export function closesDirection(policy: NetworkPolicy, direction: Direction): boolean {
  if (rulesOf(policy, direction) === undefined) return false;
  return policy.foreign === undefined || policy.foreign.closes.includes(direction);
}

/** Whether a policy is a plain NetworkPolicy, which only adds: those of other APIs may deny. */
export function isPlain({ foreign }: NetworkPolicy): boolean {
  return foreign === undefined;
}

/** The kind of a policy's object. */
export function kindOfPolicy({ foreign }: NetworkPolicy): string {
  return foreign?.kind ?? 'NetworkPolicy';
}
