import type { NetworkPolicy, PodsPeer } from '../model/network-policy.ts';
import type { Workload } from '../model/workload.ts';
import { selects } from '../policy/match-labels.ts';
import { subjectsOf } from '../policy/subjects-of.ts';
import { type Cluster, namespaceLabels } from './cluster.ts';

/** Whether a policy, of whatever API, is about the pods of a workload. */
export function policyFinds(policy: NetworkPolicy, workload: Workload, cluster: Cluster): boolean {
  return subjectsOf(policy).some((pods) => finds(pods, policy, workload, cluster));
}

function finds(
  { namespaceSelector, podSelector }: PodsPeer,
  policy: NetworkPolicy,
  { namespace, labels }: Workload,
  cluster: Cluster,
): boolean {
  const isThere =
    namespaceSelector === undefined
      ? policy.namespace === namespace
      : selects(namespaceSelector, namespaceLabels(cluster, namespace));
  return isThere && selects(podSelector, labels);
}
