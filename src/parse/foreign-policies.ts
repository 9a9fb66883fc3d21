import { MARK } from '../model/mark.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import { placeOf, type Report } from '../model/problem.ts';
import { readCalicoPolicy } from './calico/read-calico-policy.ts';
import { readCiliumPolicy } from './cilium/read-cilium-policy.ts';
import { readClusterPolicy } from './cluster-policy/read-cluster-policy.ts';
import type { ReadObject } from './resource.ts';

/** Reads an object of another API: several policies where one object holds them. */
export type ReadForeign = (
  object: ReadObject,
  namespace: string | undefined,
  report: Report,
) => readonly NetworkPolicy[];

/** Groups of Calico's kinds: its API server's, and those that it keeps in the cluster itself. */
export const CALICO_GROUPS: readonly string[] = ['projectcalico.org', 'crd.projectcalico.org'];

/** Policies of other APIs than `networking.k8s.io`, by `group/kind`. */
export const FOREIGN_POLICIES: ReadonlyMap<string, ReadForeign> = new Map<string, ReadForeign>([
  ['cilium.io/CiliumNetworkPolicy', readCiliumPolicy],
  ['cilium.io/CiliumClusterwideNetworkPolicy', clusterWide(readCiliumPolicy)],
  ['policy.networking.k8s.io/ClusterNetworkPolicy', readClusterPolicy],
  ...CALICO_GROUPS.flatMap((group): (readonly [string, ReadForeign])[] => [
    [`${group}/NetworkPolicy`, readCalicoPolicy],
    [`${group}/GlobalNetworkPolicy`, clusterWide(readCalicoPolicy)],
    [`${group}/StagedNetworkPolicy`, noteStaged],
    [`${group}/StagedGlobalNetworkPolicy`, noteStaged],
    [`${group}/StagedKubernetesNetworkPolicy`, noteStaged],
  ]),
]);

/** Of a kind that belongs to no namespace, whatever a client wrote there. */
function clusterWide(read: ReadForeign): ReadForeign {
  return (object, _, report) => read(object, undefined, report);
}

/** Of what an earlier run wrote to be observed nothing needs to be said. */
function noteStaged({ resource }: ReadObject, _: unknown, report: Report): readonly NetworkPolicy[] {
  if (resource.annotations[MARK] === undefined) {
    const message = 'is evaluated by Calico and enforced by nobody, so it does not count here';
    report({ ...placeOf(resource), code: 'staged-policy', severity: 'info', message });
  }
  return [];
}
