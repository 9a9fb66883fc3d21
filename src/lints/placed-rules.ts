import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';
import { type Place, placeOf } from '../model/problem.ts';
import { rulesOf } from '../policy/rules-of.ts';
import type { Linted } from './lint.ts';
import { pathOfRule } from './written.ts';

/** A rule and where it stands. */
export interface PlacedRule {
  readonly policy: NetworkPolicy;
  readonly direction: Direction;
  readonly rule: Rule;
  readonly path: string;
  readonly place: Place;
}

/** Every rule of every policy, in their order. */
export function placedRules({ policies }: Pick<Linted, 'policies'>): readonly PlacedRule[] {
  return policies.flatMap(({ policy }) => DIRECTIONS.flatMap((direction) => placeRules(policy, direction)));
}

function placeRules(policy: NetworkPolicy, direction: Direction): readonly PlacedRule[] {
  const { resource } = policy;
  if (resource === undefined) return [];
  return (rulesOf(policy, direction) ?? []).map((rule, index) => {
    const path = rule.path ?? pathOfRule(direction, index);
    return { policy, direction, rule, path, place: placeOf(resource, path) };
  });
}
