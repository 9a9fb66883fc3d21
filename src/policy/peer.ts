import type { LabelSelector } from '../model/label-selector.ts';
import type { EntityPeer, Peer, PodsPeer } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { namespaceNamed, selectorKey } from './selector.ts';

/** A peer of a rule under way; `all` is anybody, inside the cluster and outside. */
export type RulePeer = Peer | 'all';

/** A string that is the same for equal peers. */
export function peerKey(peer: RulePeer): string {
  if (peer === 'all') return 'all';
  switch (peer.kind) {
    case 'pods':
      return podsKey(peer);
    case 'ipBlock':
      return `ip ${[peer.cidr, ...[...peer.except].sort()].join('!')}`;
    case 'host':
      return `host ${peer.pattern}`;
    case 'entity':
      return `entity ${peer.entity}`;
    case 'service':
      return `service ${peer.namespace}/${peer.name}`;
  }
}

function podsKey({ namespaceSelector, podSelector }: PodsPeer): string {
  const namespaces = namespaceSelector === undefined ? 'own' : `in ${selectorKey(namespaceSelector)}`;
  return `${namespaces} / ${selectorKey(podSelector)}`;
}

/** Whether a peer is a Service that a dialect follows. */
export function isService(peer: RulePeer): boolean {
  return peer !== 'all' && peer.kind === 'service';
}

/** The ports that a rule for egress needs beside a peer: a Service stands for the ports of its endpoints already. */
export function portsTo(peer: RulePeer, ports: PortSet): PortSet {
  return isService(peer) ? 'all' : ports;
}

/**
 * Pods of `namespace` as a policy in `viewer` names them: without a namespaceSelector where that is the same one.
 * undefined where the namespace is not known ('') and the viewer is in another: no selector can name it.
 */
export function podsOf(namespace: string, podSelector: LabelSelector, viewer: string): Peer | undefined {
  if (namespace === viewer) return { kind: 'pods', namespaceSelector: undefined, podSelector };
  return namespace === '' ? undefined : { kind: 'pods', namespaceSelector: namespaceNamed(namespace), podSelector };
}

/** Whatever is on the network of a node of the cluster, for dialects that tell nodes from addresses. */
export const NODES: EntityPeer = { kind: 'entity', entity: 'nodes' };
