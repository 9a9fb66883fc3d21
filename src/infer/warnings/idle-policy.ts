import type { NetworkPolicy, PodsPeer } from '../../model/network-policy.ts';
import { placeOf } from '../../model/problem.ts';
import { selects } from '../../policy/match-labels.ts';
import { subjectsOf } from '../../policy/subjects-of.ts';
import { type Cluster, namespaceLabels } from '../cluster.ts';
import { selectWorkloads } from '../label-index.ts';
import { whyIdle } from '../why-idle.ts';
import type { Finished } from './warning.ts';

/** A hand-written policy that selects no pods, in a namespace whose workloads are in the input. */
export function warnIdlePolicies({ cluster, report }: Pick<Finished, 'cluster' | 'report'>): void {
  for (const policy of cluster.handWritten) {
    const { resource, foreign } = policy;
    const reasons = subjectsOf(policy).map((pods) => whyNone(cluster, policy, pods));
    const [why] = reasons;
    if (resource === undefined || why === undefined || reasons.includes(undefined)) continue;
    const message = `selects no pods of these resources: ${why}`;
    const field = FIELDS[foreign?.api ?? 'plain'];
    report({ ...placeOf(resource, field), code: 'idle-policy', severity: 'warning', message });
  }
}

/** Where a policy says which pods it is about. */
const FIELDS = {
  plain: 'spec.podSelector',
  cilium: 'spec.endpointSelector',
  calico: 'spec.selector',
  cluster: 'spec.subject',
} as const;

/** Why a selector finds no pods; undefined where it does, or where its pods may be rendered elsewhere. */
function whyNone(cluster: Cluster, { namespace }: NetworkPolicy, pods: PodsPeer): string | undefined {
  const { namespaceSelector, podSelector } = pods;
  if (podSelector.length === 0 || namespaceSelector?.length === 0) return undefined;
  const namespaces = [...cluster.workloadsIn.keys()].filter((name) =>
    namespaceSelector === undefined ? name === namespace : selects(namespaceSelector, namespaceLabels(cluster, name)),
  );
  if (namespaces.length === 0) return undefined;
  if (namespaces.some((name) => selectWorkloads(cluster.labelIndex, name, podSelector).length > 0)) return undefined;
  return whyIdle(cluster, namespaces, podSelector);
}
