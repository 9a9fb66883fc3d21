import { listNames } from '../infer/list-names.ts';
import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { NetworkPolicy, PodsPeer } from '../model/network-policy.ts';
import { placeOf } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { allowing, rulesOf } from '../policy/rules-of.ts';
import { closesDirection, subjectsOf } from '../policy/subjects-of.ts';
import type { Lint, Linted } from './lint.ts';

/** A policy that closes every pod of a namespace, where no policy allows anything. */
export const lintLoneDenials: Lint = (linted) => {
  for (const { policy } of linted.policies) {
    if (policy.resource === undefined || !isOfWholeNamespace(policy)) continue;
    const ways = DIRECTIONS.filter(
      (direction) => rulesOf(policy, direction)?.length === 0 && closesDirection(policy, direction),
    );
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

function isOfWholeNamespace(policy: NetworkPolicy): boolean {
  return subjectsOf(policy).some((pods) => !isOfManyNamespaces(pods) && pods.podSelector.length === 0);
}

function isOfManyNamespaces({ namespaceSelector }: PodsPeer): boolean {
  return namespaceSelector !== undefined;
}

/** For ingress those that have a Service, so that somebody is meant to reach them. */
function cutOff(
  { cluster, policies }: Linted,
  { namespace }: NetworkPolicy,
  direction: Direction,
): readonly Workload[] {
  const isAllowed = policies.some(
    ({ policy }) =>
      (policy.namespace === namespace || subjectsOf(policy).some(isOfManyNamespaces)) &&
      allowing(rulesOf(policy, direction)).length > 0,
  );
  if (isAllowed) return [];
  const workloads = (cluster.workloadsIn.get(namespace) ?? []).filter(({ hostNetwork }) => !hostNetwork);
  return direction === 'Egress' ? workloads : workloads.filter((workload) => cluster.servicesOf.has(workload));
}
