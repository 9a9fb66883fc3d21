import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';
import { partName } from './part-name.ts';

/**
 * kubectl keeps a copy of an applied object in an annotation, and all annotations together may hold 256 KiB; a part
 * stays well below. Policies add up, so parts that share the rules allow the same as one policy with all of them.
 */
const PART_BYTES = 160 * 1024;

/** The policy itself, or parts of it that together mean the same: `<name>`, `<name>-part-2`, ... */
export function splitPolicy(policy: NetworkPolicy, taken: Set<string>): NetworkPolicy[] {
  if (mostOf(policy) <= PART_BYTES || sizeOf(policy) <= PART_BYTES) return [policy];
  const [ingress, egress] = [policy.ingress ?? [], policy.egress ?? []];
  const parts = { ingress: split(ingress, roomBeside(egress)), egress: split(egress, roomBeside(ingress)) };
  const count = Math.max(parts.ingress.length, parts.egress.length);
  return Array.from({ length: count }, (_, index) => ({
    ...policy,
    name: partName(policy, index, taken),
    ingress: policy.ingress === undefined ? undefined : (parts.ingress[index] ?? []),
    egress: policy.egress === undefined ? undefined : (parts.egress[index] ?? []),
  }));
}

/** A part holds both directions: a small one goes into one part, two large ones share each part evenly. */
function roomBeside(others: readonly Rule[]): number {
  return PART_BYTES - Math.min(sizeOf(others), PART_BYTES / 2);
}

/** Lists of rules of at most `room` bytes each. A rule goes on in the next list where the first one is full. */
function split(rules: readonly Rule[], room: number): Rule[][] {
  const parts: Rule[][] = [];
  let left = 0;
  for (const rule of rules) {
    const pieces = piecesOf(rule, room / 4);
    pieces.forEach((piece, index) => {
      const size = sizeOf(piece);
      const part = parts.at(-1);
      const isFull = part === undefined || size > left;
      left = (isFull ? room : left) - size;
      if (isFull) parts.push([piece]);
      else if (index === 0) part.push(piece);
      else part.push(joined(part.pop(), piece));
    });
  }
  return parts;
}

/** A rule as one rule for each peer; a peer with too many values, as several peers. */
function piecesOf(rule: Rule, limit: number): Rule[] {
  if (rule.peers === 'all') return [rule];
  return rule.peers.flatMap((peer) => splitPeer(peer, limit)).map((peer) => ({ ...rule, peers: [peer] }));
}

/** Two pieces of one rule. */
function joined(first: Rule | undefined, second: Rule): Rule {
  if (first === undefined || first.peers === 'all' || second.peers === 'all') return second;
  return { ...second, peers: [...first.peers, ...second.peers] };
}

type OnePeer = Exclude<Rule['peers'], 'all'>[number];

function splitPeer(peer: OnePeer, limit: number): OnePeer[] {
  if (peer.kind !== 'pods' || sizeOf(peer) <= limit) return [peer];
  const longest = [...peer.podSelector].sort((a, b) => b.values.length - a.values.length)[0];
  if (longest === undefined || longest.operator !== 'In' || longest.values.length < 2) return [peer];
  const half = Math.ceil(longest.values.length / 2);
  const withSome = (values: readonly string[]): OnePeer => ({
    ...peer,
    podSelector: peer.podSelector.map((requirement) =>
      requirement === longest ? { ...requirement, values } : requirement,
    ),
  });
  return [withSome(longest.values.slice(0, half)), withSome(longest.values.slice(half))].flatMap((some) =>
    splitPeer(some, limit),
  );
}

/** More than a policy's size, without writing it: six for each character, and the words around values. */
function mostOf({ podSelector, ingress = [], egress = [] }: NetworkPolicy): number {
  let most = 4000 + mostOfSelector(podSelector);
  for (const rule of ingress) most += mostOfRule(rule);
  for (const rule of egress) most += mostOfRule(rule);
  return most;
}

function mostOfRule({ peers, ports }: Rule): number {
  let most = 200 + (ports === 'all' ? 0 : ports.length * 200);
  if (peers !== 'all') for (const peer of peers) most += mostOfPeer(peer);
  return most;
}

function mostOfPeer(peer: OnePeer): number {
  if (peer.kind === 'ipBlock') return 300 + peer.except.length * 300;
  if (peer.kind !== 'pods') return 2000;
  const { podSelector, namespaceSelector } = peer;
  return 200 + mostOfSelector(podSelector) + (namespaceSelector === undefined ? 0 : mostOfSelector(namespaceSelector));
}

function mostOfSelector(selector: LabelSelector): number {
  let most = 0;
  for (const { key, values } of selector) {
    most += 100 + key.length * 6 + values.length * 4;
    for (let at = 0; at < values.length; at += 1) most += (values[at] as string).length * 6;
  }
  return most;
}

/** About the bytes that the API server stores. */
function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}
