import type { Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { Requirement } from '../model/label-selector.ts';
import type { NetworkPolicy, PodsPeer, Rule } from '../model/network-policy.ts';
import type { StringMap } from '../model/resource.ts';
import { type IpRange, parseIpRange } from '../policy/ip-range.ts';
import { selects } from '../policy/match-labels.ts';
import { rulesOf } from '../policy/rules-of.ts';
import { type Apis, closing, heard } from './stages.ts';

/** Policies, arranged so that those which select a pod are found without trying all of them. */
export interface PolicyIndex {
  readonly namespaces: ReadonlyMap<string, NamespaceIndex>;
  /** Those whose pods may be in more than one namespace. */
  readonly wide: readonly Entry[];
  /** The APIs other than networking.k8s.io whose policies are among them. */
  readonly apis: Apis;
  /** Every CIDR that the policies name, parsed once. CIDRs that cannot be parsed are missing: they match nothing. */
  readonly ranges: ReadonlyMap<string, IpRange>;
}

interface NamespaceIndex {
  /** By one `key=value` pair that a pod must have to be selected. */
  readonly byLabel: ReadonlyMap<string, readonly Entry[]>;
  /** Those that no single pair can find: the empty selector, NotIn, Exists, DoesNotExist. */
  readonly others: readonly Entry[];
}

/** A policy, by one of the selectors of its pods. */
interface Entry {
  readonly policy: NetworkPolicy;
  readonly pods: Pods;
  /** Position in the list that was indexed, to answer in its order. */
  readonly order: number;
}

/** What a plain policy says of its pods, or one of the subjects of another. */
type Pods = Pick<NetworkPolicy, 'podSelector'> & Partial<Pick<PodsPeer, 'namespaceSelector'>>;

/** Arranges policies for `judge` and the other questions of this room. */
export function indexPolicies(policies: readonly NetworkPolicy[]): PolicyIndex {
  const entries = policies.flatMap((policy, order) => {
    const subjects: readonly Pods[] = policy.foreign?.subjects ?? [policy];
    return subjects.map((pods): Entry => ({ policy, pods, order }));
  });
  const [local, wide] = [entries.filter(isLocal), entries.filter((entry) => !isLocal(entry))];
  const byNamespace = groupBy(local, ({ policy }) => [policy.namespace]);
  const namespaces = new Map([...byNamespace].map(([name, group]) => [name, indexNamespace(group)]));
  const apis = new Set(policies.flatMap(({ foreign }) => foreign?.api ?? []));
  return { namespaces, wide, apis, ranges: parseRanges(policies) };
}

function isLocal({ pods }: Entry): boolean {
  return pods.namespaceSelector === undefined;
}

/**
 * The policies that close an endpoint in this direction to what nothing allows, in the order in which they were indexed.
 * Addresses have none.
 */
export function selecting(index: PolicyIndex, direction: Direction, endpoint: Endpoint): readonly NetworkPolicy[] {
  const policies = concerning(index, direction, endpoint);
  return index.apis.size === 0 ? policies : closing(policies, direction, index.apis);
}

/**
 * The policies whose rules may let something through at an endpoint that some policy closes in this direction, whether
 * or not they close it themselves. None where nothing closes it.
 */
export function opening(index: PolicyIndex, direction: Direction, endpoint: Endpoint): readonly NetworkPolicy[] {
  const policies = concerning(index, direction, endpoint);
  return index.apis.size === 0 ? policies : heard(policies, direction, index.apis);
}

/** The policies that have a say about an endpoint in this direction; plain ones close it, too. */
export function concerning(index: PolicyIndex, direction: Direction, endpoint: Endpoint): readonly NetworkPolicy[] {
  if (endpoint.kind !== 'pod') return [];
  const { labels, namespaceLabels } = endpoint;
  const found = candidates(index.namespaces.get(endpoint.namespace), labels).filter(
    ({ policy, pods }) => rulesOf(policy, direction) !== undefined && selects(pods.podSelector, labels),
  );
  const wide = index.wide.filter(
    ({ policy, pods }) =>
      rulesOf(policy, direction) !== undefined &&
      selects(pods.namespaceSelector ?? [], namespaceLabels) &&
      selects(pods.podSelector, labels),
  );
  const sorted = (wide.length === 0 ? found : [...found, ...wide]).sort((a, b) => a.order - b.order);
  const policies = sorted.map(({ policy }) => policy);
  return index.apis.size === 0 ? policies : [...new Set(policies)];
}

/** Each entry at most once: it is filed under the values of one key, of which a pod has one. */
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
  const keys = new Map(entries.map((entry) => [entry, rarestPairs(entry.pods, frequency)]));
  const byLabel = groupBy(entries, (entry) => keys.get(entry) ?? []);
  return { byLabel, others: entries.filter((entry) => keys.get(entry) === undefined) };
}

function countPairs(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const frequency = new Map<string, number>();
  for (const pair of entries.flatMap(({ pods }) => pods.podSelector.flatMap(pairsOf))) {
    frequency.set(pair, (frequency.get(pair) ?? 0) + 1);
  }
  return frequency;
}

/** The pairs of the In requirement that fewest policies share: labels such as `part-of` are on every pod. */
function rarestPairs({ podSelector }: Pods, frequency: ReadonlyMap<string, number>): readonly string[] | undefined {
  const candidates = podSelector.filter(({ operator }) => operator === 'In').map(pairsOf);
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
