import { listNames } from '../infer/list-names.ts';
import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import { placeOf } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { rulesOf } from '../reach/index-policies.ts';
import type { Lint, Linted } from './lint.ts';

/** A policy that closes every pod of a namespace, where no policy allows anything. */
export const lintLoneDenials: Lint = (linted) => {
  for (const { policy } of linted.policies) {
    if (policy.resource === undefined || policy.podSelector.length > 0) continue;
    const ways = DIRECTIONS.filter((direction) => rulesOf(policy, direction)?.length === 0);
    for (const direction of ways) {
      const cut = cutOff(linted, policy, direction);
      if (cut.length === 0) continue;
      const pods = cut.length === 1 ? 'its pods' : 'their pods';
      const message =
        `closes ${listNames(cut)} for ${direction.toLowerCase()}, and no policy of namespace "${policy.namespace}" opens ` +
        `anything: ${direction === 'Ingress' ? `nobody reaches ${pods}` : `${pods} reach nobody, not even a DNS server`}`;
      linted.report({ ...placeOf(policy.resource), code: 'lone-denial', severity: 'warning', message });
    }
  }
};

/** For ingress those that have a Service, so that somebody is meant to reach them. */
function cutOff(
  { cluster, policies }: Linted,
  { namespace }: NetworkPolicy,
  direction: Direction,
): readonly Workload[] {
  const isAllowed = policies.some(
    ({ policy }) => policy.namespace === namespace && (rulesOf(policy, direction) ?? []).length > 0,
  );
  if (isAllowed) return [];
  const workloads = (cluster.workloadsIn.get(namespace) ?? []).filter(({ hostNetwork }) => !hostNetwork);
  return direction === 'Egress' ? workloads : workloads.filter((workload) => cluster.servicesOf.has(workload));
}
