import type { LabelSelector } from '../../model/label-selector.ts';
import type { RulePeer } from '../../policy/peer.ts';
import { type Cluster, workloadsSelected } from '../cluster.ts';
import { namespacesSelected } from '../namespaces-selected.ts';
import type { Membership } from './membership.ts';
import type { ProxyProfile } from './proxy-profile.ts';
import { keyFor, wordOf } from './said-of-mesh.ts';

/** The proxies that may stand beside the pods of a peer, seen from a policy of `viewer`. */
export type PeerProxies = (peer: RulePeer, viewer: string) => readonly ProxyProfile[];

/** Finds them once for each peer. */
export function peerProxies(membership: Membership, cluster: Cluster): PeerProxies {
  const known = new Map<string, readonly ProxyProfile[]>();
  return (peer, viewer) => {
    const key = keyFor(peer, viewer);
    const found = known.get(key) ?? find(peer, viewer, membership, cluster);
    known.set(key, found);
    return found;
  };
}

/**
 * Addresses have none. A workload of which nothing tells may have one, and one that says so itself has one, though the
 * config calls all of its namespace unmeshed.
 */
function find(peer: RulePeer, viewer: string, membership: Membership, cluster: Cluster): readonly ProxyProfile[] {
  if (peer !== 'all' && peer.kind !== 'pods') return [];
  const said = wordOf(membership.lists, (list) => list.peers.has(keyFor(peer, viewer)));
  const { namespaceSelector, podSelector } = peer === 'all' ? EVERYBODY : peer;
  const members = workloadsSelected(cluster, namespaceSelector, podSelector, viewer);
  const present = members.filter((member) => membership.has(member) !== false).map(membership.profile);
  // What labels find in the input is what they mean; a whole namespace may have other pods too.
  const areOthers = members.length === 0 || podSelector.length === 0;
  const mayBeMeshed = said ?? (areOthers && mayHave(namespaceSelector, viewer, membership, cluster));
  return distinct(mayBeMeshed ? [...present, membership.profile(undefined)] : present);
}

const EVERYBODY = { namespaceSelector: [], podSelector: [] };

/** Whether pods that the input does not have may be in the mesh. */
function mayHave(
  selector: LabelSelector | undefined,
  viewer: string,
  { hasNamespace }: Membership,
  cluster: Cluster,
): boolean {
  const spaces = selector === undefined ? [viewer] : namespacesSelected(selector, cluster);
  return spaces === undefined || spaces.some((namespace) => hasNamespace(namespace) !== false);
}

/** Of thousands of pods nearly all have the same proxy. */
function distinct(profiles: readonly ProxyProfile[]): readonly ProxyProfile[] {
  return [...new Map(profiles.map((profile) => [JSON.stringify(profile), profile])).values()];
}
