import type { Endpoint } from '../model/flow.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, PodsPeer } from '../model/network-policy.ts';
import { type IpAddress, parseIpAddress } from '../policy/ip-range.ts';
import { selects } from '../policy/match-labels.ts';
import { peerKey, type RulePeer } from '../policy/peer.ts';
import { selectorKey } from '../policy/selector.ts';
import type { PolicyIndex } from './index-policies.ts';
import { isInBlock } from './match-peer.ts';

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
    const address = endpoint.kind === 'ip' ? parseIpAddress(endpoint.address) : undefined;
    return address === undefined ? [] : [{ address, position }];
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
  const classesOf = (policy: NetworkPolicy, peer: RulePeer): readonly number[] => {
    if (peer === 'all') return everybody;
    if (peer.kind === 'ipBlock')
      return addresses.filter(({ address }) => isInBlock(index, peer, address)).map(({ position }) => position);
    if (peer.kind !== 'pods') return [];
    return namespacesOf(policy, peer).flatMap((classes) => podsIn(classes, peer.podSelector, endpoints));
  };
  return (policy, peer) => {
    const isLocal = peer !== 'all' && peer.kind === 'pods' && peer.namespaceSelector === undefined;
    const key = `${isLocal ? policy.namespace : ''} ${peerKey(peer)}`;
    const known = sets.get(key);
    if (known !== undefined) return known;
    const set = { id: sets.size, classes: classesOf(policy, peer) };
    sets.set(key, set);
    return set;
  };
}

function groupByNamespace(endpoints: readonly Endpoint[]): readonly NamespaceClasses[] {
  const groups = new Map<string, NamespaceClasses>();
  for (const [position, endpoint] of endpoints.entries()) {
    if (endpoint.kind === 'ip') continue;
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
