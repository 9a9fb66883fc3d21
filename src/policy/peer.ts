import type { LabelSelector } from '../model/label-selector.ts';
import type { Peer } from '../model/network-policy.ts';
import { namespaceNamed, selectorKey } from './selector.ts';

/** A peer of a rule under way; `all` is anybody, inside the cluster and outside. */
export type RulePeer = Peer | 'all';

/** A string that is the same for equal peers. */
export function peerKey(peer: RulePeer): string {
  if (peer === 'all') return 'all';
  if (peer.kind === 'ipBlock') return `ip ${[peer.cidr, ...[...peer.except].sort()].join('!')}`;
  const { namespaceSelector } = peer;
  const namespaces = namespaceSelector === undefined ? 'own' : `in ${selectorKey(namespaceSelector)}`;
  return `${namespaces} / ${selectorKey(peer.podSelector)}`;
}

/**
 * Pods of `namespace` as a policy in `viewer` names them: without a namespaceSelector where that is the same one.
 * undefined where the namespace is not known ('') and the viewer is in another: no selector can name it.
 */
export function podsOf(namespace: string, podSelector: LabelSelector, viewer: string): Peer | undefined {
  if (namespace === viewer) return { kind: 'pods', namespaceSelector: undefined, podSelector };
  return namespace === '' ? undefined : { kind: 'pods', namespaceSelector: namespaceNamed(namespace), podSelector };
}
