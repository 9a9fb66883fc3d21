import { DIRECTIONS, type Direction, type Isolate } from '../../src/model/direction.ts';
import type { PortSet } from '../../src/model/port.ts';
import { covers, intersect, isEmpty, portSet, subtract, unionAll } from '../../src/policy/port-set.ts';
import type { Cluster, ClusterWorkload } from './cluster.ts';
import { readDns } from './dns-facts.ts';
import type { Edges, Outside, Pair } from './edges.ts';
import { moveToServices } from './move-to-services.ts';
import { matchesOutside, podProbe } from './outside-match.ts';
import { Aliases, type AliasSelectors } from './outside-peer.ts';
import { peerName, spokenPorts } from './peer-name.ts';
import { printPorts } from './port-list.ts';

/**
 * How a user may say the same connections: each closed end speaks for itself; or, where both ends are closed, only the
 * one who connects asks, or only the one who is connected to grants, and one word is enough for both. A grant may be its
 * workload's, or its Service's where that has just these ports.
 */
export type Flavour = 'both-ends' | 'asks' | 'grants' | 'service-grants';

/** What one object says. */
export interface Lists {
  readonly allowFrom: readonly string[];
  readonly allowTo: readonly string[];
  readonly isolate: Isolate | undefined;
  readonly noDns: boolean;
}

/** Everything that a user would write to have the connections of a table. */
export interface Said {
  readonly workloads: ReadonlyMap<string, Lists>;
  /** `allow-from` of Services, by `namespace/Service/name`. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** Annotations of Namespace objects. */
  readonly namespaces: ReadonlyMap<string, Isolate>;
  /** `spec` of the function's config. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** Postern leaves the system's own namespaces alone, so nothing is said for them. */
const LEFT_ALONE = 'kube-system';

/** Says the connections of a table in one flavour. Nothing here knows one case from another. */
export function annotate(edges: Edges, cluster: Cluster, flavour: Flavour): Said {
  const facts = { edges, cluster, flavour, dns: readDns(edges), aliases: new Aliases(cluster) };
  const closing = closeWholly(facts);
  const closed = [...edges.isolation.keys()].filter((id) => !id.startsWith(`${LEFT_ALONE}/`));
  const said = new Map(closed.map((id) => [id, listsOf(facts, id, closing.byDefault(id))]));
  return {
    ...(flavour === 'service-grants' ? moveToServices(said, cluster) : { workloads: said, services: new Map() }),
    namespaces: closing.namespaces,
    config: {
      ...(flavour === 'both-ends' ? {} : { trust: 'either' }),
      ...closing.config,
      ...(cluster.mixesDefault ? { namespace: 'default' } : {}),
      ...(facts.dns.config === undefined ? {} : { dns: facts.dns.config }),
      ...peersOf(facts.aliases.selectors()),
    },
  };
}

interface Facts {
  readonly edges: Edges;
  readonly cluster: Cluster;
  readonly flavour: Flavour;
  readonly dns: ReturnType<typeof readDns>;
  readonly aliases: Aliases;
}

function peersOf(selectors: Readonly<Record<string, AliasSelectors>>): Readonly<Record<string, unknown>> {
  return Object.keys(selectors).length === 0 ? {} : { peers: selectors };
}

function listsOf(facts: Facts, id: string, closedAnyway: readonly Direction[]): Lists {
  const allowFrom = itemsOf(facts, id, 'Ingress');
  const allowTo = itemsOf(facts, id, 'Egress');
  const spoken = DIRECTIONS.filter((direction) => (direction === 'Ingress' ? allowFrom : allowTo).length > 0);
  const silent = closedDirections(facts.edges, id).filter(
    (direction) => ![...closedAnyway, ...spoken].includes(direction),
  );
  return { allowFrom, allowTo, isolate: isolateOf(silent), noDns: facts.dns.isNone(id) };
}

function itemsOf(facts: Facts, id: string, direction: Direction): readonly string[] {
  if (!closedDirections(facts.edges, id).includes(direction)) return [];
  const named = facts.edges.pairs.flatMap((pair) => namedItems(facts, pair, id, direction));
  return [...outsideItems(facts, id, direction), ...gatherNamespace(facts, id, named)].map(
    ({ peer, ports }) => peer + ports,
  );
}

interface Item {
  readonly peer: string;
  /** With its colon; empty where ports are left to what the other end says of itself. */
  readonly ports: string;
}

/** Items for peers that are not in the input. A list that admits anybody on these ports need not repeat them. */
function outsideItems(facts: Facts, id: string, direction: Direction): readonly Item[] {
  const rows = outsideOf(facts.edges, id, direction);
  const open = unionAll(rows.filter(({ peer }) => peer.kind === 'any').map(({ allowed }) => allowed));
  return rows
    .filter((row) => row.peer.kind === 'any' || !covers(open, row.allowed))
    .filter((row) => !facts.dns.isInConfig(row))
    .map((row) => ({ peer: facts.aliases.print(row.peer), ports: outsidePorts(row.allowed, direction) }));
}

/** Without ports, a list of a destination means its own ports, and any other means all. */
function outsidePorts(ports: PortSet, direction: Direction): string {
  return ports === 'all' && direction === 'Egress' ? '' : `:${printPorts(ports)}`;
}

/** The item that `id` says in its `direction` list for a pair, if it is the one to say it. */
function namedItems(facts: Facts, pair: Pair, id: string, direction: Direction): readonly Item[] {
  if (speakerOf(pair, direction) !== id || !speaks(facts, pair, direction)) return [];
  const ends = facts.flavour === 'both-ends' ? [direction] : pair.closed;
  const rest = unionAll(ends.map((end) => subtract(pair.allowed, covered(facts, pair, end))));
  if (isEmpty(rest)) return [];
  const missing = pair.allowed === 'all' ? 'all' : rest;
  const [speaker, other] = [workloadOf(facts.cluster, id), workloadOf(facts.cluster, otherOf(pair, direction))];
  const destination = workloadOf(facts.cluster, pair.destination);
  if (facts.flavour !== 'asks')
    return [{ peer: peerName(facts.cluster, speaker, other), ports: `:${printPorts(missing)}` }];
  return [spokenPorts(facts.cluster, { speaker, other, destination }, intersect(rest, pair.listening), missing)];
}

/** Of two closed ends, who says a pair in this flavour. */
function speaks(facts: Facts, pair: Pair, direction: Direction): boolean {
  if (pair.closed.length === 1 || facts.flavour === 'both-ends') return pair.closed.includes(direction);
  return direction === (facts.flavour === 'asks' ? 'Egress' : 'Ingress');
}

/** Ports of a pair that one end lets pass already, by what it says of peers outside. */
function covered(facts: Facts, pair: Pair, direction: Direction): PortSet {
  const other = podProbe(facts.cluster, workloadOf(facts.cluster, otherOf(pair, direction)));
  const speaker = workloadOf(facts.cluster, speakerOf(pair, direction));
  const rows = outsideOf(facts.edges, speaker.id, direction).filter(({ peer }) =>
    matchesOutside(peer, speaker.namespace, other),
  );
  return rows.length === 0 ? portSet([]) : unionAll(rows.map(({ allowed }) => allowed));
}

/** Three or more of one namespace, all of it and all alike, are a user's `namespace`. */
function gatherNamespace(facts: Facts, id: string, items: readonly Item[]): readonly Item[] {
  const { namespace } = workloadOf(facts.cluster, id);
  const members = [...facts.edges.isolation.keys()].filter((other) => other.startsWith(`${namespace}/`));
  const alike = new Set(items.map(({ ports }) => ports)).size === 1 && items.length === members.length;
  const picksSome = facts.edges.outside.some(
    ({ workload, peer }) => workload === id && peer.kind === 'pods' && peer.namespaces === undefined,
  );
  const gathers =
    facts.flavour === 'both-ends' &&
    members.length >= 3 &&
    alike &&
    !picksSome &&
    items.every(({ peer }) => !peer.includes('/'));
  return gathers ? [{ peer: 'namespace', ports: items[0]?.ports ?? '' }] : items;
}

interface Closing {
  readonly namespaces: ReadonlyMap<string, Isolate>;
  readonly config: Readonly<Record<string, unknown>>;
  /** Directions that need no word of the workload. */
  byDefault(id: string): readonly Direction[];
}

/** Whole namespaces that are closed: in the config where that is every one of them, else on the Namespace. */
function closeWholly({ edges, cluster, flavour }: Facts): Closing {
  const nothing: Closing = { namespaces: new Map(), config: {}, byDefault: () => [] };
  if (flavour === 'both-ends' || flavour === 'service-grants') return nothing;
  const ids = [...edges.isolation.keys()];
  const shared = DIRECTIONS.filter((direction) => ids.every((id) => edges.isolation.get(id)?.[direction]));
  const isolate = isolateOf(shared);
  if (isolate !== undefined)
    return { ...nothing, config: { isolate, ...namespacesOf(cluster, flavour) }, byDefault: () => shared };
  const closed = new Map(
    cluster.namespaceObjects.flatMap((name) => {
      const members = ids.filter((id) => id.startsWith(`${name}/`));
      const directions = DIRECTIONS.filter((direction) => members.every((id) => edges.isolation.get(id)?.[direction]));
      return members.length === 0 || directions.length === 0 || name === LEFT_ALONE
        ? []
        : [[name, directions] as const];
    }),
  );
  const isolates = [...closed].flatMap(([name, directions]) => [[name, isolateOf(directions) ?? 'none'] as const]);
  return { ...nothing, namespaces: new Map(isolates), byDefault: (id) => closed.get(id.split('/')[0] ?? '') ?? [] };
}

/** Namespaces that objects name but the input lacks, to be closed as a whole. */
function namespacesOf(cluster: Cluster, flavour: Flavour): Readonly<Record<string, unknown>> {
  const written = [...cluster.workloads.values()]
    .filter(({ namespaceWritten }) => namespaceWritten)
    .map(({ namespace }) => namespace);
  const absent = [...new Set(written)].filter((name) => !cluster.namespaceObjects.includes(name));
  return flavour === 'grants' && absent.length > 0 ? { namespaces: absent } : {};
}

function isolateOf(directions: readonly Direction[]): Isolate | undefined {
  if (directions.length === 2) return 'both';
  const [only] = directions;
  return only === undefined ? undefined : only === 'Ingress' ? 'ingress' : 'egress';
}

function closedDirections(edges: Edges, id: string): readonly Direction[] {
  return DIRECTIONS.filter((direction) => edges.isolation.get(id)?.[direction]);
}

function outsideOf(edges: Edges, id: string, direction: Direction): readonly Outside[] {
  return edges.outside.filter((row) => row.workload === id && row.direction === direction);
}

function speakerOf(pair: Pair, direction: Direction): string {
  return direction === 'Ingress' ? pair.destination : pair.source;
}

function otherOf(pair: Pair, direction: Direction): string {
  return direction === 'Ingress' ? pair.source : pair.destination;
}

function workloadOf(cluster: Cluster, id: string): ClusterWorkload {
  const workload = cluster.workloads.get(id);
  if (workload === undefined) throw new Error(`edges.txt names ${id}, which the input lacks`);
  return workload;
}
