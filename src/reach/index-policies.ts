import type { Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { Requirement } from '../model/label-selector.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';
import type { StringMap } from '../model/resource.ts';
import { type IpRange, parseIpRange } from '../policy/ip-range.ts';
import { selects } from '../policy/match-labels.ts';

/** Policies, arranged so that those which select a pod are found without trying all of them. */
export interface PolicyIndex {
  readonly namespaces: ReadonlyMap<string, NamespaceIndex>;
  /** Every CIDR that the policies name, parsed once. CIDRs that cannot be parsed are missing: they match nothing. */
  readonly ranges: ReadonlyMap<string, IpRange>;
}

interface NamespaceIndex {
  /** By one `key=value` pair that a pod must have to be selected. */
  readonly byLabel: ReadonlyMap<string, readonly Entry[]>;
  /** Those that no single pair can find: the empty selector, NotIn, Exists, DoesNotExist. */
  readonly others: readonly Entry[];
}

interface Entry {
  readonly policy: NetworkPolicy;
  /** Position in the list that was indexed, to answer in its order. */
  readonly order: number;
}

/** Arranges policies for `judge` and the other questions of this room. */
export function indexPolicies(policies: readonly NetworkPolicy[]): PolicyIndex {
  const entries = policies.map((policy, order): Entry => ({ policy, order }));
  const byNamespace = groupBy(entries, ({ policy }) => [policy.namespace]);
  const namespaces = new Map([...byNamespace].map(([name, group]) => [name, indexNamespace(group)]));
  return { namespaces, ranges: parseRanges(policies) };
}

/** The policies that isolate an endpoint in this direction, in the order in which they were indexed. Addresses have none. */
export function selecting(index: PolicyIndex, direction: Direction, endpoint: Endpoint): readonly NetworkPolicy[] {
  if (endpoint.kind === 'ip') return [];
  const { labels } = endpoint;
  const found = candidates(index.namespaces.get(endpoint.namespace), labels).filter(
    ({ policy }) => rulesOf(policy, direction) !== undefined && selects(policy.podSelector, labels),
  );
  return found.sort((a, b) => a.order - b.order).map(({ policy }) => policy);
}

/** The rules of a policy for one direction; undefined where it does not isolate for it. */
export function rulesOf(policy: NetworkPolicy, direction: Direction): NetworkPolicy['ingress'] {
  return direction === 'Ingress' ? policy.ingress : policy.egress;
}

/** Each policy at most once: it is filed under the values of one key, of which a pod has one. */
function candidates(namespace: NamespaceIndex | undefined, labels: StringMap): readonly Entry[] {
  if (namespace === undefined) return [];
  let found = namespace.others;
  for (const key of Object.keys(labels)) {
    const entries = namespace.byLabel.get(pairOf(key, labels[key] ?? ''));
    if (entries !== undefined) found = found.concat(entries);
  }
  return found;
}

function indexNamespace(entries: readonly Entry[]): NamespaceIndex {
  const frequency = countPairs(entries);
  const keys = new Map(entries.map((entry) => [entry, rarestPairs(entry.policy, frequency)]));
  const byLabel = groupBy(entries, (entry) => keys.get(entry) ?? []);
  return { byLabel, others: entries.filter((entry) => keys.get(entry) === undefined) };
}

function countPairs(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const frequency = new Map<string, number>();
  for (const pair of entries.flatMap(({ policy }) => policy.podSelector.flatMap(pairsOf))) {
    frequency.set(pair, (frequency.get(pair) ?? 0) + 1);
  }
  return frequency;
}

/** The pairs of the In requirement that fewest policies share: labels such as `part-of` are on every pod. */
function rarestPairs(policy: NetworkPolicy, frequency: ReadonlyMap<string, number>): readonly string[] | undefined {
  const candidates = policy.podSelector.filter(({ operator }) => operator === 'In').map(pairsOf);
  const cost = (pairs: readonly string[]) => pairs.reduce((sum, pair) => sum + (frequency.get(pair) ?? 0), 0);
  return candidates.reduce<readonly string[] | undefined>(
    (best, pairs) => (best === undefined || cost(pairs) < cost(best) ? pairs : best),
    undefined,
  );
}

function pairsOf({ key, operator, values }: Requirement): readonly string[] {
  return operator === 'In' ? [...new Set(values)].map((value) => pairOf(key, value)) : [];
}

/** Neither part can hold a "=". */
function pairOf(key: string, value: string): string {
  return `${key}=${value}`;
}

function groupBy(entries: readonly Entry[], keysOf: (entry: Entry) => readonly string[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
  }
  return groups;
}

function parseRanges(policies: readonly NetworkPolicy[]): ReadonlyMap<string, IpRange> {
  const ranges = new Map<string, IpRange>();
  const cidrs = new Set<string>();
  for (const { ingress = [], egress = [] } of policies) {
    for (const rule of ingress) addCidrs(rule, cidrs);
    for (const rule of egress) addCidrs(rule, cidrs);
  }
  for (const cidr of cidrs) {
    const range = parseIpRange(cidr);
    if (range !== undefined) ranges.set(cidr, range);
  }
  return ranges;
}

function addCidrs({ peers }: Rule, cidrs: Set<string>): void {
  if (peers === 'all') return;
  for (const peer of peers) {
    if (peer.kind !== 'ipBlock') continue;
    cidrs.add(peer.cidr);
    for (const cidr of peer.except) cidrs.add(cidr);
  }
}
