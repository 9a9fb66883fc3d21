import type { DialectName } from '../model/dialect.ts';
import { DIRECTIONS } from '../model/direction.ts';
import { DEFAULT_TIER, type NetworkPolicy } from '../model/network-policy.ts';
import { rulesOf } from './rules-of.ts';
import { subjectsOf } from './subjects-of.ts';

/** As explanations call them. */
const KINDS = { cilium: 'CiliumNetworkPolicy', calico: 'Calico NetworkPolicy' } as const;

/** Where Calico's policies are written: beside the plain ones. */
const RANK = { ...DEFAULT_TIER, policy: 1000 } as const;

/** A planned policy as the one that a dialect writes for it: of that API alone, where others have policies too. */
export function inDialect(policy: NetworkPolicy, dialect: DialectName): NetworkPolicy {
  if (dialect === 'kubernetes') return policy;
  return {
    ...policy,
    foreign: {
      api: dialect,
      kind: KINDS[dialect],
      subjects: subjectsOf(policy),
      closes: DIRECTIONS.filter((direction) => rulesOf(policy, direction) !== undefined),
      ...(dialect === 'calico' ? { rank: RANK } : {}),
    },
  };
}
