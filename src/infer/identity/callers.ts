import type { Callers } from '../../model/identity.ts';
import type { PodsPeer } from '../../model/network-policy.ts';
import type { Workload } from '../../model/workload.ts';
import { mergeCallers } from '../../policy/merge-callers.ts';
import type { RulePeer } from '../../policy/peer.ts';
import { type Cluster, workloadsSelected } from '../cluster.ts';
import type { Membership } from '../mesh/membership.ts';
import { keyFor, wordOf } from '../mesh/said-of-mesh.ts';
import { namespacesSelected } from '../namespaces-selected.ts';

const NOBODY: Callers = { accounts: [], namespaces: [], blocks: [], unmeshed: false, everyone: false };
const EVERYONE: Callers = { ...NOBODY, everyone: true };
const UNMESHED: Callers = { ...NOBODY, unmeshed: true };

/** Ends of the cluster that are no pods of a mesh. */
const WITHOUT_PROXY: readonly string[] = ['host', 'remote-node', 'nodes', 'kube-apiserver', 'health'];

/** Finds the callers of a peer, once for each. */
export function callersFinder(membership: Membership, cluster: Cluster): (peer: RulePeer, viewer: string) => Callers {
  const known = new Map<string, Callers>();
  return (peer, viewer) => {
    const key = keyFor(peer, viewer);
    const found = known.get(key) ?? callersOf(peer, viewer, membership, cluster);
    known.set(key, found);
    return found;
  };
}

/** Who a peer is to a mesh, seen from a policy of `viewer`: the identities of its pods, or that they have none. */
function callersOf(peer: RulePeer, viewer: string, membership: Membership, cluster: Cluster): Callers {
  if (peer === 'all') return EVERYONE;
  if (peer.kind === 'ipBlock') return { ...NOBODY, blocks: [peer] };
  if (peer.kind === 'entity' && WITHOUT_PROXY.includes(peer.entity)) return UNMESHED;
  if (peer.kind !== 'pods') return EVERYONE;
  const members = workloadsSelected(cluster, peer.namespaceSelector, peer.podSelector, viewer);
  const present = members.map((member) => callersIn(member, membership));
  // What labels find in the input is what they mean; a whole namespace may have other pods too.
  const isComplete = members.length > 0 && peer.podSelector.length > 0;
  return mergeCallers(isComplete ? present : [...present, othersOf(peer, viewer, membership, cluster)]);
}

/** Pods of one workload. Of an account that is not known, those of its namespace. */
function callersIn(workload: Workload, { has }: Membership): Callers {
  const meshed = has(workload);
  if (meshed === false) return UNMESHED;
  const { namespace, serviceAccount } = workload;
  const own: Callers =
    serviceAccount === undefined
      ? { ...NOBODY, namespaces: [namespace] }
      : { ...NOBODY, accounts: [{ namespace, name: serviceAccount }] };
  return { ...own, unmeshed: meshed === undefined };
}

/** Pods that the input does not have. */
function othersOf(peer: PodsPeer, viewer: string, membership: Membership, cluster: Cluster): Callers {
  const said = wordOf(membership.lists, (list) => list.peers.has(keyFor(peer, viewer)));
  if (said === false) return UNMESHED;
  const { namespaceSelector } = peer;
  const namespaces = namespaceSelector === undefined ? [viewer] : namespacesSelected(namespaceSelector, cluster);
  if (namespaces === undefined || namespaces.includes('')) return EVERYONE;
  return mergeCallers(
    namespaces.map((namespace) => {
      const meshed = said ?? membership.hasNamespace(namespace);
      return meshed === false ? UNMESHED : { ...NOBODY, namespaces: [namespace], unmeshed: meshed === undefined };
    }),
  );
}
