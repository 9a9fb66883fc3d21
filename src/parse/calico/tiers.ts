import { DEFAULT_TIER, type NetworkPolicy } from '../../model/network-policy.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { ReadPolicy } from '../../model/resources.ts';
import { mapping, string } from '../fields.ts';
import type { ReadObject } from '../resource.ts';

/** A tier of Calico. */
export interface Tier {
  readonly name: string;
  readonly order: number;
  /** What nothing decided leaves it, rather than being denied. */
  readonly passes: boolean;
}

/** Tiers that Calico makes by itself. */
const BUILT_IN: readonly Tier[] = [
  { name: DEFAULT_TIER.tier, order: DEFAULT_TIER.order, passes: false },
  { name: 'kube-admin', order: 1_000, passes: true },
  { name: 'adminnetworkpolicy', order: 1_000, passes: true },
  { name: 'kube-baseline', order: 10_000_000, passes: true },
  { name: 'baselineadminnetworkpolicy', order: 10_000_000, passes: true },
];

/** Reads a Tier. One without an order is the last. */
export function readTier({ resource, fields }: ReadObject): Tier {
  const spec = mapping(fields, 'spec');
  const order = spec?.value['order'];
  return {
    name: resource.name,
    order: typeof order === 'number' ? order : Number.POSITIVE_INFINITY,
    passes: spec !== undefined && string(spec, 'defaultAction') === 'Pass',
  };
}

/** Gives every policy the place of its tier. Of a tier that is not in the input only the name is known. */
export function placeInTiers(
  policies: readonly ReadPolicy[],
  tiers: readonly Tier[],
  report: Report,
): readonly ReadPolicy[] {
  if (!policies.some(({ policy }) => policy.foreign?.api === 'calico')) return policies;
  const byName = new Map([...BUILT_IN, ...tiers].map((tier) => [tier.name, tier]));
  return policies.map((read) => {
    const rank = read.policy.foreign?.api === 'calico' ? read.policy.foreign.rank : undefined;
    if (rank === undefined) return read;
    const tier = byName.get(rank.tier);
    if (tier === undefined) reportUnknown(read.policy, rank.tier, report);
    return { ...read, policy: placed(read.policy, tier ?? { name: rank.tier, order: 0, passes: false }) };
  });
}

function placed(policy: NetworkPolicy, { order, passes }: Tier): NetworkPolicy {
  const { foreign } = policy;
  if (foreign?.rank === undefined) return policy;
  return { ...policy, foreign: { ...foreign, rank: { ...foreign.rank, order }, closes: passes ? [] : foreign.closes } };
}

function reportUnknown({ resource }: NetworkPolicy, tier: string, report: Report): void {
  if (resource === undefined) return;
  const message = `names the tier "${tier}", whose Tier is not in these resources: it is read as the first one`;
  report({ ...placeOf(resource, 'spec.tier'), code: 'unread-policy', severity: 'warning', message });
}
