import type { NetworkPolicy, Rule } from '../model/network-policy.ts';

/**
 * kubectl keeps a copy of an applied object in an annotation, and all annotations together may hold 256 KiB; a part
 * stays well below. Policies add up, so parts that share the rules allow the same as one policy with all of them.
 */
const PART_BYTES = 160 * 1024;

/** The policy itself, or parts of it that together mean the same: `<name>`, `<name>-part-2`, ... */
export function splitPolicy(policy: NetworkPolicy, taken: Set<string>): NetworkPolicy[] {
  if (sizeOf(policy) <= PART_BYTES) return [policy];
  const ingress = split(policy.ingress ?? []);
  const egress = split(policy.egress ?? []);
  const parts = Math.max(ingress.length, egress.length, 1);
  return Array.from({ length: parts }, (_, index) => ({
    ...policy,
    name: partName(policy, index, taken),
    ingress: policy.ingress === undefined ? undefined : (ingress[index] ?? []),
    egress: policy.egress === undefined ? undefined : (egress[index] ?? []),
  }));
}

/** Lists of rules, each of at most half a part's size, since a part holds both directions. */
function split(rules: readonly Rule[]): Rule[][] {
  const parts: Rule[][] = [];
  let room = 0;
  for (const rule of rules.flatMap(splitRule)) {
    const size = sizeOf(rule);
    const last = parts.at(-1);
    if (last === undefined || size > room) {
      parts.push([rule]);
      room = PART_BYTES / 2 - size;
    } else {
      last.push(rule);
      room -= size;
    }
  }
  return parts;
}

/** A rule with too many peers, as rules with some of them each; a peer with too many values, as several peers. */
function splitRule(rule: Rule): Rule[] {
  if (rule.peers === 'all' || sizeOf(rule) <= PART_BYTES / 2) return [rule];
  const rules: Rule[] = [];
  let peers: Exclude<Rule['peers'], 'all'>[number][] = [];
  let room = PART_BYTES / 4;
  for (const peer of rule.peers.flatMap(splitPeer)) {
    const size = sizeOf(peer);
    if (peers.length > 0 && size > room) {
      rules.push({ ...rule, peers });
      peers = [];
      room = PART_BYTES / 4;
    }
    peers.push(peer);
    room -= size;
  }
  return [...rules, { ...rule, peers }];
}

type OnePeer = Exclude<Rule['peers'], 'all'>[number];

function splitPeer(peer: OnePeer): OnePeer[] {
  if (peer.kind === 'ipBlock' || sizeOf(peer) <= PART_BYTES / 4) return [peer];
  const longest = [...peer.podSelector].sort((a, b) => b.values.length - a.values.length)[0];
  if (longest === undefined || longest.operator !== 'In' || longest.values.length < 2) return [peer];
  const half = Math.ceil(longest.values.length / 2);
  const withSome = (values: readonly string[]): OnePeer => ({
    ...peer,
    podSelector: peer.podSelector.map((requirement) =>
      requirement === longest ? { ...requirement, values } : requirement,
    ),
  });
  return [withSome(longest.values.slice(0, half)), withSome(longest.values.slice(half))].flatMap(splitPeer);
}

function partName(policy: NetworkPolicy, index: number, taken: Set<string>): string {
  if (index === 0) return policy.name;
  for (let number = index + 1; ; number += 1) {
    const name = `${policy.name.slice(0, 240).replace(/[-.]+$/, '')}-part-${number}`;
    const key = `${policy.namespace}/${name}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

/** About the bytes that the API server stores. */
function sizeOf(value: unknown): number {
  return JSON.stringify(value).length;
}
