import type { End } from '../model/end.ts';
import type { Endpoint } from '../model/flow.ts';
import type { NetworkPolicy, Peer } from '../model/network-policy.ts';
import { peerKey } from '../policy/peer.ts';

type Named = Extract<Endpoint, { kind: 'named' }>['peer'];

/** What entities are that are one end, and not a set of others. */
const ENTITIES: Readonly<Record<string, string>> = {
  host: "the pod's own node, whose connections to it are let in by default, whatever policies say",
  'remote-node': 'the other nodes, and pods on their network',
  'kube-apiserver': 'the API server, inside the cluster or outside',
  ingress: "Cilium's own Ingress and Gateway",
  health: "Cilium's health probes",
  init: 'pods whose labels Cilium does not know yet',
  unmanaged: 'pods that Cilium does not manage',
  'cluster-mesh': 'pods of the other clusters of a mesh',
};

/** The ends that policies call by a word or a name, each once: entities, hosts, and Services that are not in the input. */
export function namedEnds(policies: readonly NetworkPolicy[], workloads: readonly End[]): readonly End[] {
  const named = new Map<string, Named>();
  for (const { ingress = [], egress = [] } of policies) {
    for (const { peers } of [...ingress, ...egress]) {
      for (const peer of peers === 'all' ? [] : peers) if (isOneEnd(peer)) named.set(peerKey(peer), peer);
    }
  }
  const taken = new Set(workloads.map(({ name }) => name));
  return [...named.values()]
    .map((peer): End => endOf(peer, taken))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The end of a host, which a policy may have allowed under a pattern. */
export function endOfHost(pattern: string): End {
  return endOf({ kind: 'host', pattern }, new Set());
}

/** What the name of an end means; nothing where it needs no words. */
export function meaningOf({ endpoint, name }: End): readonly { readonly word: string; readonly means: string }[] {
  if (endpoint.kind !== 'named' || endpoint.peer.kind !== 'entity') return [];
  return [{ word: name, means: ENTITIES[endpoint.peer.entity] ?? '' }];
}

function endOf(peer: Named, taken: ReadonlySet<string>): End {
  const name = nameOf(peer);
  return {
    kind: 'named',
    name: taken.has(name) ? `${name} (${peer.kind})` : name,
    namespace: undefined,
    endpoint: { kind: 'named', peer },
    workloads: [],
  };
}

function nameOf(peer: Named): string {
  switch (peer.kind) {
    case 'entity':
      return peer.entity;
    case 'host':
      return peer.pattern;
    case 'service':
      return `Service ${peer.namespace}/${peer.name}`;
  }
}

function isOneEnd(peer: Peer): peer is Named {
  return peer.kind === 'host' || peer.kind === 'service' || (peer.kind === 'entity' && peer.entity in ENTITIES);
}
