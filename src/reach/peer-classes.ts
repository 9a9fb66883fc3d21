import type { Endpoint } from '../model/flow.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, Peer, PodsPeer } from '../model/network-policy.ts';
import { type IpAddress, parseIpAddress } from '../policy/ip-range.ts';
import { selects } from '../policy/match-labels.ts';
import { peerKey, type RulePeer } from '../policy/peer.ts';
import { selectorKey } from '../policy/selector.ts';
import type { PolicyIndex } from './index-policies.ts';
import { isInBlock, matcherOf } from './match-peer.ts';

type Pod = Extract<Endpoint, { kind: 'pod' }>;

/** Classes of one namespace, by one pair of a label. */
interface NamespaceClasses {
  readonly namespace: string;
  readonly labels: Pod['namespaceLabels'];
  readonly all: number[];
  readonly byPair: Map<string, number[]>;
}

interface Address {
  readonly address: IpAddress;
  readonly position: number;
}

/** The classes that a peer of a policy is, as the positions of their endpoints; each distinct peer is looked up once. */
export type PeerClasses = (policy: NetworkPolicy, peer: RulePeer) => PeerSet;

/** A set of classes; equal peers have the very same one. */
export interface PeerSet {
  readonly id: number;
  readonly classes: readonly number[];
}

/** Arranges one endpoint of each class for look-ups by selector. */
export function indexPeers(endpoints: readonly Endpoint[], index: PolicyIndex): PeerClasses {
  const namespaces = groupByNamespace(endpoints);
  const everybody = endpoints.map((_, position) => position);
  const addresses = endpoints.flatMap((endpoint, position): Address[] => {
    const address = isPlainAddress(endpoint) ? parseIpAddress(endpoint.address) : undefined;
    return address === undefined ? [] : [{ address, position }];
  });
  const unparsed = everybody.filter((position) => {
    const endpoint = endpoints[position];
    return endpoint !== undefined && endpoint.kind !== 'pod' && !isPlainAddress(endpoint);
  });
  const sets = new Map<string, PeerSet>();
  const inNamespaces = new Map<string, readonly NamespaceClasses[]>();
  const namespacesOf = (policy: NetworkPolicy, { namespaceSelector }: PodsPeer): readonly NamespaceClasses[] => {
    const key = namespaceSelector === undefined ? `own ${policy.namespace}` : `in ${selectorKey(namespaceSelector)}`;
    const known = inNamespaces.get(key);
    if (known !== undefined) return known;
    const found = namespaces.filter(({ namespace, labels }) =>
      namespaceSelector === undefined ? namespace === policy.namespace : selects(namespaceSelector, labels),
    );
    inNamespaces.set(key, found);
    return found;
  };
  const isPeer = (policy: NetworkPolicy, peer: Peer, position: number): boolean => {
    const endpoint = endpoints[position];
    return endpoint !== undefined && matcherOf(index, policy, endpoint)(peer);
  };
  const classesOf = (policy: NetworkPolicy, peer: RulePeer): readonly number[] => {
    if (peer === 'all') return everybody;
    if (peer.kind === 'ipBlock') {
      const held = addresses.filter(({ address }) => isInBlock(index, peer, address)).map(({ position }) => position);
      return unparsed.length === 0 ? held : [...held, ...unparsed.filter((position) => isPeer(policy, peer, position))];
    }
    if (peer.kind !== 'pods') return everybody.filter((position) => isPeer(policy, peer, position));
    return namespacesOf(policy, peer).flatMap((classes) => podsIn(classes, peer.podSelector, endpoints));
  };
  return (policy, peer) => {
    const isLocal = peer !== 'all' && peer.kind === 'pods' && peer.namespaceSelector === undefined;
    const key = `${policy.foreign?.api ?? ''} ${isLocal ? policy.namespace : ''} ${peerKey(peer)}`;
    const known = sets.get(key);
    if (known !== undefined) return known;
    const set = { id: sets.size, classes: classesOf(policy, peer) };
    sets.set(key, set);
    return set;
  };
}

/** A node may be no address to the API of a policy. */
function isPlainAddress(endpoint: Endpoint): endpoint is Extract<Endpoint, { kind: 'ip' }> {
  return endpoint.kind === 'ip' && endpoint.of === undefined;
}

function groupByNamespace(endpoints: readonly Endpoint[]): readonly NamespaceClasses[] {
  const groups = new Map<string, NamespaceClasses>();
  for (const [position, endpoint] of endpoints.entries()) {
    if (endpoint.kind !== 'pod') continue;
    const { namespace, namespaceLabels } = endpoint;
    const key = JSON.stringify([namespace, Object.entries(namespaceLabels).sort()]);
    const group: NamespaceClasses = groups.get(key) ?? {
      namespace,
      labels: namespaceLabels,
      all: [],
      byPair: new Map(),
    };
    groups.set(key, group);
    group.all.push(position);
    for (const [label, value] of Object.entries(endpoint.labels)) push(group.byPair, `${label}=${value}`, position);
  }
  return [...groups.values()];
}

/** Looks through the shortest list that an `In` of the selector leaves, since labels such as `part-of` are on every pod. */
function podsIn(group: NamespaceClasses, selector: LabelSelector, endpoints: readonly Endpoint[]): readonly number[] {
  const shortest = selector
    .filter(({ operator }) => operator === 'In')
    .map(({ key, values }) => [...new Set(values)].flatMap((value) => group.byPair.get(`${key}=${value}`) ?? []))
    .reduce<readonly number[]>((best, found) => (found.length < best.length ? found : best), group.all);
  return shortest.filter((position) => {
    const endpoint = endpoints[position];
    return endpoint?.kind === 'pod' && selects(selector, endpoint.labels);
  });
}

function push(lists: Map<string, number[]>, key: string, position: number): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [position]);
  else known.push(position);
}
