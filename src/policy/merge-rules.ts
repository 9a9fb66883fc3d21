import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import type { IpBlockPeer, Peer, PodsPeer, Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { type KnownRules, type OrderedRule, rulesForPeer } from './known-rules.ts';
import { peerKey, type RulePeer } from './peer.ts';
import { covers } from './port-set.ts';
import type { RuleSet } from './rule-set.ts';
import { canonicalSelector, selectorKey } from './selector.ts';

/**
 * Writes collected grants as few rules that allow exactly the same connections. Two exact steps: peers with equal
 * ports share a rule; then peers that differ in the values of one `In` become one peer with all values. Nothing else
 * is merged, so no cross product can arise. The order is that of the peers' keys, whatever the order of the grants.
 * Rules that are `known` are taken from there, and new ones added.
 */
export function mergeRules(grants: RuleSet, known: KnownRules = new Map()): readonly Rule[] {
  const rules: OrderedRule[] = [];
  for (const [key, group] of groupByPorts(grants)) rules.push(ruleOf(group, key, known));
  if (rules.length > 1) rules.sort(compareRules);
  return rules.map(({ rule }) => rule);
}

/** Peers with equal ports. */
interface Group {
  readonly ports: PortSet;
  readonly peers: RulePeer[];
  /** Key of the first peer. */
  readonly first: string;
}

/** By the key of their ports, and apart from others where they are anybody's. */
function groupByPorts(grants: RuleSet): ReadonlyMap<string, Group> {
  const everybody = grants.get('all')?.ports;
  const byPorts = new Map<string, Group>();
  let last: Group | undefined;
  for (const [first, { peer, ports }] of grants) {
    if (everybody !== undefined && peer !== 'all' && covers(everybody, ports)) continue;
    // Callers of one port follow each other, and need no key.
    if (last !== undefined && peer !== 'all' && areSame(last.ports, ports)) {
      last.peers.push(peer);
      continue;
    }
    const key = peer === 'all' ? `all ${portsKey(ports)}` : portsKey(ports);
    const before = byPorts.get(key);
    const group = before ?? { ports, peers: [], first };
    group.peers.push(peer);
    if (before === undefined) byPorts.set(key, group);
    last = peer === 'all' ? undefined : group;
  }
  return byPorts;
}

/** `key`: of the ports. */
function ruleOf({ ports, peers, first }: Group, key: string, known: KnownRules): OrderedRule {
  const forPeer = peers.length === 1 ? rulesForPeer(known, first) : undefined;
  const before = forPeer?.get(key);
  if (before !== undefined) return before;
  const rule = ordered({ peers: mergePeers(peers), ports });
  forPeer?.set(key, rule);
  return rule;
}

/** In the order of their first peers; few rules have the same. */
function ordered(rule: Rule): OrderedRule {
  const [first] = rule.peers === 'all' ? [] : rule.peers;
  return { rule, order: first === undefined ? '0' : peerOrder(first) };
}

function compareRules(a: OrderedRule, b: OrderedRule): number {
  return compare(a.order, b.order) || compare(writtenPorts(a.rule), writtenPorts(b.rule));
}

function mergePeers(peers: readonly RulePeer[]): Rule['peers'] {
  const only = peers[0];
  if (peers.length === 1 && only !== undefined) return only === 'all' ? 'all' : [canonicalOf(only)];
  const alike = mergeAlike(peers);
  if (alike !== undefined) return [alike];
  const named = peers.filter((peer) => peer !== 'all');
  if (named.length < peers.length) return 'all';
  const pods = named.filter((peer) => peer.kind === 'pods').map(canonicalPeer);
  const blocks = named.filter((peer) => peer.kind === 'ipBlock').map(canonicalBlock);
  const words = named.filter((peer) => peer.kind !== 'pods' && peer.kind !== 'ipBlock');
  return sortBy([...mergeByOneValue(pods), ...blocks, ...words], peerOrder);
}

/** What nearly all peers are: pods of the own namespace by one value of one label, which become one peer at once. */
function mergeAlike(peers: readonly RulePeer[]): PodsPeer | undefined {
  const key = labelOf(peers[0]);
  if (key === undefined) return undefined;
  const values = new Set<string>();
  for (const peer of peers) {
    if (labelOf(peer) !== key) return undefined;
    for (const value of (peer as PodsPeer).podSelector[0]?.values ?? []) values.add(value);
  }
  const podSelector: LabelSelector = [{ key, operator: 'In', values: [...values].sort() }];
  return { kind: 'pods', namespaceSelector: undefined, podSelector };
}

/** The label by whose values alone a peer selects pods of the own namespace. */
function labelOf(peer: RulePeer | undefined): string | undefined {
  if (peer === undefined || peer === 'all' || peer.kind !== 'pods' || peer.namespaceSelector !== undefined)
    return undefined;
  const only = peer.podSelector[0];
  return peer.podSelector.length === 1 && only?.operator === 'In' ? only.key : undefined;
}

/** Merges until nothing changes, one key at a time in order, so that the result does not depend on the peers' order. */
function mergeByOneValue(peers: readonly PodsPeer[]): readonly PodsPeer[] {
  let merged = distinct(peers);
  for (; merged.length > 1; ) {
    const before = merged.length;
    for (const slot of sharedSlots(merged)) merged = mergeSlot(merged, slot);
    if (merged.length === before) break;
  }
  return merged;
}

/** The slots that more than one peer has, in order. */
function sharedSlots(peers: readonly PodsPeer[]): string[] {
  const counts = new Map<string, number>();
  for (const slot of peers.flatMap(inSlots)) counts.set(slot, (counts.get(slot) ?? 0) + 1);
  return [...counts.keys()].filter((slot) => (counts.get(slot) ?? 0) > 1).sort();
}

/** Merges the peers that are alike but for the values of one `In`. */
function mergeSlot(peers: readonly PodsPeer[], slot: string): PodsPeer[] {
  const rest: PodsPeer[] = [];
  const groups = new Map<string, PodsPeer[]>();
  for (const peer of peers) {
    if (!inSlots(peer).includes(slot)) {
      rest.push(peer);
      continue;
    }
    const key = peerKey(withValues(peer, slot, []));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [peer]);
    else group.push(peer);
  }
  return [...rest, ...[...groups.values()].flatMap((group) => mergeGroup(group, slot))];
}

function mergeGroup(group: readonly PodsPeer[], slot: string): readonly PodsPeer[] {
  const first = group[0];
  if (first === undefined || group.length === 1) return group;
  return [
    canonicalPeer(
      withValues(
        first,
        slot,
        group.flatMap((peer) => valuesAt(peer, slot)),
      ),
    ),
  ];
}

/** The places of a peer's `In` requirements that stand alone for their key: `pod app`, `namespace team`. */
function inSlots(peer: PodsPeer): string[] {
  return [
    ...singleIns(peer.namespaceSelector ?? []).map((key) => `namespace ${key}`),
    ...singleIns(peer.podSelector).map((key) => `pod ${key}`),
  ];
}

/** Keys with one `In`: two on one key mean what both have in common, which a union of values would not keep. */
function singleIns(selector: LabelSelector): string[] {
  const keys = selector.filter(isIn).map(({ key }) => key);
  return keys.filter((key) => keys.indexOf(key) === keys.lastIndexOf(key));
}

function isIn({ operator }: Requirement): boolean {
  return operator === 'In';
}

function valuesAt(peer: PodsPeer, slot: string): readonly string[] {
  const selector = slot.startsWith('pod ') ? peer.podSelector : (peer.namespaceSelector ?? []);
  const key = slot.slice(slot.indexOf(' ') + 1);
  return selector.find((requirement) => isIn(requirement) && requirement.key === key)?.values ?? [];
}

function withValues(peer: PodsPeer, slot: string, values: readonly string[]): PodsPeer {
  const key = slot.slice(slot.indexOf(' ') + 1);
  const replace = (selector: LabelSelector): LabelSelector =>
    selector.map((requirement) =>
      isIn(requirement) && requirement.key === key ? { ...requirement, values } : requirement,
    );
  return slot.startsWith('pod ')
    ? { ...peer, podSelector: replace(peer.podSelector) }
    : { ...peer, namespaceSelector: peer.namespaceSelector && replace(peer.namespaceSelector) };
}

function canonicalOf(peer: Peer): Peer {
  if (peer.kind === 'pods') return canonicalPeer(peer);
  return peer.kind === 'ipBlock' ? canonicalBlock(peer) : peer;
}

function canonicalPeer(peer: PodsPeer): PodsPeer {
  const { namespaceSelector } = peer;
  return {
    kind: 'pods',
    namespaceSelector: namespaceSelector && canonicalSelector(namespaceSelector),
    podSelector: canonicalSelector(peer.podSelector),
  };
}

function canonicalBlock(block: IpBlockPeer): IpBlockPeer {
  return { ...block, except: [...new Set(block.except)].sort() };
}

function distinct(peers: readonly PodsPeer[]): readonly PodsPeer[] {
  if (peers.length < 2) return peers;
  const byPeer = new Map(peers.map((peer) => [peerKey(peer), peer]));
  return [...byPeer.keys()].sort().flatMap((key) => byPeer.get(key) ?? []);
}

/** Whether two sets are the same range; sets of several are told apart by their keys. */
function areSame(a: PortSet, b: PortSet): boolean {
  if (a === b) return true;
  if (a === 'all' || b === 'all' || a.length !== 1 || b.length !== 1) return false;
  const one = a[0];
  const other = b[0];
  return one?.port === other?.port && one?.endPort === other?.endPort && one?.protocol === other?.protocol;
}

function portsKey(ports: PortSet): string {
  if (ports === 'all') return 'all';
  const only = ports[0];
  if (ports.length === 1 && only !== undefined) return `${only.protocol} ${only.port}-${only.endPort}`;
  return ports.map(({ protocol, port, endPort }) => `${protocol} ${port}-${endPort}`).join(' ');
}

/** In the order of their keys, each of which is made once. */
function sortBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly Value[] {
  if (values.length < 2) return values;
  const keyed = values.map((value) => ({ value, key: keyOf(value) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ value }) => value);
}

/** Own namespace before others, pods before addresses, and what only some dialects can say last. */
function peerOrder(peer: Peer): string {
  if (peer.kind === 'ipBlock') return `3 ${peerKey(peer)}`;
  if (peer.kind !== 'pods') return `4 ${peerKey(peer)}`;
  const rank = peer.namespaceSelector === undefined ? 1 : 2;
  return `${rank} ${selectorKey(peer.namespaceSelector ?? [])} ${selectorKey(peer.podSelector)}`;
}

function writtenPorts({ ports }: Rule): string {
  return ports === 'all' ? '' : JSON.stringify(ports);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
