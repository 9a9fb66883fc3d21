import type { Endpoint } from '../model/flow.ts';
import type { IpBlockPeer, NetworkPolicy, Peer, PodsPeer, Rule } from '../model/network-policy.ts';
import { contains, type IpAddress, parseIpAddress } from '../policy/ip-range.ts';
import { selects } from '../policy/match-labels.ts';
import type { RulePeer } from '../policy/peer.ts';
import type { PolicyIndex } from './index-policies.ts';

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

function matcherOf(index: PolicyIndex, policy: NetworkPolicy, endpoint: Endpoint): (peer: Peer) => boolean {
  return endpoint.kind === 'pod' ? podMatcher(policy, endpoint) : addressMatcher(index, endpoint.address);
}

type Pod = Extract<Endpoint, { kind: 'pod' }>;

function podMatcher(policy: NetworkPolicy, pod: Pod): (peer: Peer) => boolean {
  return (peer) => peer.kind === 'pods' && isInNamespace(policy, peer, pod) && selects(peer.podSelector, pod.labels);
}

function isInNamespace(policy: NetworkPolicy, peer: PodsPeer, pod: Pod): boolean {
  return peer.namespaceSelector === undefined
    ? policy.namespace === pod.namespace
    : selects(peer.namespaceSelector, pod.namespaceLabels);
}

function addressMatcher(index: PolicyIndex, text: string): (peer: Peer) => boolean {
  const address = parseIpAddress(text);
  return (peer) => peer.kind === 'ipBlock' && address !== undefined && isInBlock(index, peer, address);
}

/** Whether an ipBlock of an indexed policy holds an address. */
export function isInBlock({ ranges }: PolicyIndex, { cidr, except }: IpBlockPeer, address: IpAddress): boolean {
  const isIn = (text: string): boolean => {
    const range = ranges.get(text);
    return range !== undefined && contains(range, address);
  };
  return isIn(cidr) && !except.some(isIn);
}
