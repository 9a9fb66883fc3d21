import { DEFAULT_TIER, type NetworkPolicy, type PodsPeer, type Rank } from '../../model/network-policy.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import { type Fields, fieldsOf, list, mapping, oneOf } from '../fields.ts';
import type { ReadObject } from '../resource.ts';
import { refused } from '../unread.ts';
import { readPods } from './pods.ts';
import { readRules } from './rules.ts';

/** Before every NetworkPolicy, and behind them. */
const ORDERS: Readonly<Record<string, number>> = { Admin: 1_000, Baseline: 10 * DEFAULT_TIER.order };

/** Reads a ClusterNetworkPolicy. It closes nothing beyond what its rules deny. */
export function readClusterPolicy(
  { resource, fields }: ReadObject,
  _: unknown,
  report: Report,
): readonly NetworkPolicy[] {
  const root = fieldsOf(fields.value, placeOf(resource), report);
  const spec = mapping(root, 'spec');
  const rank = spec && readRank(spec);
  const subject = spec && readSubject(spec);
  if (spec === undefined || rank === undefined || subject === undefined) return [];
  const has = (key: string): boolean => list(spec, key).length > 0;
  return [
    {
      name: resource.name,
      namespace: '',
      podSelector: subject.podSelector,
      ingress: has('ingress') ? readRules(spec, 'Ingress') : undefined,
      egress: has('egress') ? readRules(spec, 'Egress') : undefined,
      resource,
      foreign: { api: 'cluster', kind: resource.kind, subjects: [subject], closes: [], rank },
    },
  ];
}

function readRank(spec: Fields): Rank | undefined {
  const tier = oneOf(spec, 'tier', ['Admin', 'Baseline']);
  const priority = spec.value['priority'];
  if (tier === undefined) return undefined;
  return { tier, order: ORDERS[tier] ?? 0, policy: typeof priority === 'number' ? priority : 0 };
}

function readSubject(spec: Fields): PodsPeer | undefined {
  const subject = mapping(spec, 'subject');
  const pods = subject && readPods(subject);
  if (pods === undefined) refused(spec, 'subject', 'must have "namespaces" or "pods"');
  return pods;
}
