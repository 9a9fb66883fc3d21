import type { Endpoint } from '../model/flow.ts';
import type { IpBlockPeer, NetworkPolicy, Peer, PodsPeer, Rule } from '../model/network-policy.ts';
import { contains, type IpAddress, parseIpAddress } from '../policy/ip-range.ts';
import { selects } from '../policy/match-labels.ts';
import type { RulePeer } from '../policy/peer.ts';
import type { PolicyIndex } from './index-policies.ts';
import { ENTITY_MEMBERS, namedMatcher } from './match-named.ts';

/**
 * Whether one of a rule's peers is the endpoint at the other side. A pod of the input has no address yet, so no ipBlock
 * matches it: the API leaves open whether ipBlocks match pods, and the plugins differ.
 */
export function matchesPeer(index: PolicyIndex, policy: NetworkPolicy, rule: Rule, endpoint: Endpoint): boolean {
  return rule.peers === 'all' || rule.peers.some(matcherOf(index, policy, endpoint));
}

/** Those of a rule's peers that are the endpoint. */
export function matchingPeers(
  index: PolicyIndex,
  policy: NetworkPolicy,
  rule: Rule,
  endpoint: Endpoint,
): readonly RulePeer[] {
  return rule.peers === 'all' ? ['all'] : rule.peers.filter(matcherOf(index, policy, endpoint));
}

/** Whether a peer of a policy is an endpoint, for all peers of one endpoint. */
export function matcherOf(index: PolicyIndex, policy: NetworkPolicy, endpoint: Endpoint): (peer: Peer) => boolean {
  switch (endpoint.kind) {
    case 'pod':
      return podMatcher(policy, endpoint);
    case 'ip':
      return addressMatcher(index, policy, endpoint);
    case 'named':
      return namedMatcher(endpoint.peer);
  }
}

type Pod = Extract<Endpoint, { kind: 'pod' }>;
type Address = Extract<Endpoint, { kind: 'ip' }>;

function podMatcher(policy: NetworkPolicy, pod: Pod): (peer: Peer) => boolean {
  return (peer) => {
    if (peer.kind === 'entity') return ENTITY_MEMBERS.pods.has(peer.entity);
    return peer.kind === 'pods' && isInNamespace(policy, peer, pod) && selects(peer.podSelector, pod.labels);
  };
}

function isInNamespace(policy: NetworkPolicy, peer: PodsPeer, pod: Pod): boolean {
  return peer.namespaceSelector === undefined
    ? policy.namespace === pod.namespace
    : selects(peer.namespaceSelector, pod.namespaceLabels);
}

/** To Cilium a node is no address, whatever range holds it. */
function addressMatcher(
  index: PolicyIndex,
  { foreign }: NetworkPolicy,
  { address: text, of }: Address,
): (peer: Peer) => boolean {
  const address = parseIpAddress(text);
  const isRange = !(foreign?.api === 'cilium' && of === 'node');
  const entities = of === 'node' ? ENTITY_MEMBERS.nodes : ENTITY_MEMBERS.addresses;
  return (peer) => {
    if (peer.kind === 'entity') return entities.has(peer.entity);
    return isRange && peer.kind === 'ipBlock' && address !== undefined && isInBlock(index, peer, address);
  };
}

/** Whether an ipBlock of an indexed policy holds an address. */
export function isInBlock({ ranges }: PolicyIndex, { cidr, except }: IpBlockPeer, address: IpAddress): boolean {
  const isIn = (text: string): boolean => {
    const range = ranges.get(text);
    return range !== undefined && contains(range, address);
  };
  return isIn(cidr) && !except.some(isIn);
}
