import type { Endpoint } from '../model/flow.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, Peer, Rule } from '../model/network-policy.ts';
import type { StringMap } from '../model/resource.ts';
import { type IpAddress, parseIpAddress } from '../policy/ip-range.ts';
import { peerKey } from '../policy/peer.ts';
import { portSet } from '../policy/port-set.ts';
import { subjectsOf } from '../policy/subjects-of.ts';
import type { PolicyIndex } from './index-policies.ts';
import { isInBlock } from './match-peer.ts';

/** A string that is the same for endpoints which no policy can tell apart. */
export type EndpointKey = (endpoint: Endpoint) => string;

/**
 * What policies see of an endpoint: for pods the namespace where it has policies, else the labels of it that a selector
 * asks for; the pod's labels that a selector asks for, with values that none mentions as one; the numbers behind the
 * names of ports that a rule mentions. For an address the ipBlocks that hold it.
 */
export function endpointKey(policies: readonly NetworkPolicy[], index: PolicyIndex): EndpointKey {
  const rules = policies.flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
  const peers = rules.flatMap((rule) => (rule.peers === 'all' ? [] : rule.peers));
  const subjects = policies.flatMap(subjectsOf);
  const ofPods = mentionedValues([
    ...subjects.map(({ podSelector }) => podSelector),
    ...peers.flatMap((peer) => (peer.kind === 'pods' ? [peer.podSelector] : [])),
  ]);
  const ofNamespaces = mentionedValues([...subjects, ...peers].flatMap(namespaceSelectors));
  const names = [...new Set(rules.flatMap(portNames))].sort();
  const blocks = distinctBlocks(peers);
  return (endpoint) => {
    if (endpoint.kind === 'named') return `named ${peerKey(endpoint.peer)}`;
    if (endpoint.kind === 'ip') {
      const address = parseIpAddress(endpoint.address);
      const of = index.apis.size === 0 ? '' : (endpoint.of ?? '');
      return `ip ${of} ${blocks.map((block) => (isIn(index, block, address) ? '1' : '0')).join('')}`;
    }
    const { namespace, labels, namespaceLabels } = endpoint;
    const place = index.namespaces.has(namespace) ? [namespace] : [];
    return JSON.stringify([place, seen(namespaceLabels, ofNamespaces), seen(labels, ofPods), numbers(endpoint, names)]);
  };
}

type Pod = Extract<Endpoint, { kind: 'pod' }>;
type Block = Extract<Peer, { kind: 'ipBlock' }>;

/** The values that selectors ask for, by key; `every` where one asks for a pattern. */
type Mentioned = ReadonlyMap<string, { readonly values: ReadonlySet<string>; readonly every: boolean }>;

function mentionedValues(selectors: readonly LabelSelector[]): Mentioned {
  const mentioned = new Map<string, { values: Set<string>; every: boolean }>();
  for (const { key, operator, values } of selectors.flat()) {
    const known = mentioned.get(key) ?? { values: new Set(), every: false };
    mentioned.set(key, known);
    known.every ||= operator === 'Like' || operator === 'NotLike';
    for (const value of values) known.values.add(value);
  }
  return mentioned;
}

/** Each label that may matter; null for a value that no selector mentions. */
function seen(labels: StringMap, mentioned: Mentioned): unknown[] {
  const found: [string, string | null][] = [];
  for (const key of Object.keys(labels)) {
    const asked = mentioned.get(key);
    const value = labels[key] ?? '';
    if (asked !== undefined) found.push([key, asked.every || asked.values.has(value) ? value : null]);
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

function numbers({ ports }: Pod, names: readonly string[]): unknown[] {
  if (names.length === 0) return [];
  return names.map((name) => {
    const found = ports.filter((port) => port.name === name);
    return portSet(found.map(({ protocol, port }) => ({ protocol, port, endPort: port })));
  });
}

function namespaceSelectors(peer: Peer): readonly LabelSelector[] {
  return peer.kind === 'pods' && peer.namespaceSelector !== undefined ? [peer.namespaceSelector] : [];
}

function portNames({ ports }: Rule): readonly string[] {
  return ports === 'all' ? [] : ports.flatMap((port) => ('name' in port ? [port.name] : []));
}

function distinctBlocks(peers: readonly Peer[]): readonly Block[] {
  const blocks = peers.filter((peer) => peer.kind === 'ipBlock');
  return [...new Map(blocks.map((block) => [[block.cidr, ...block.except].join('!'), block])).values()];
}

function isIn(index: PolicyIndex, block: Block, address: IpAddress | undefined): boolean {
  return address !== undefined && isInBlock(index, block, address);
}
