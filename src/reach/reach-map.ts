import type { Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { Action, NetworkPolicy, Rule } from '../model/network-policy.ts';
import { ALL_PORTS, createPortTable, NO_PORTS, type PortTable } from '../policy/port-table.ts';
import { rulesOf } from '../policy/rules-of.ts';
import { endpointKey } from './endpoint-key.ts';
import { concerning, indexPolicies, type PolicyIndex } from './index-policies.ts';
import { indexPeers, type PeerClasses, type PeerSet } from './peer-classes.ts';
import { portsAt } from './rule-ports.ts';
import { closing, layersOf, type Stage } from './stages.ts';

/**
 * Who reaches whom under some policies, in closed form: for classes of endpoints that no policy can tell apart, and for
 * sets of ports. Rows of it are read with `reachRows`; the rules behind one pair with `matchingRules`.
 */
export interface ReachMap {
  readonly index: PolicyIndex;
  /** One endpoint of each class. */
  readonly classes: readonly Endpoint[];
  /** The class of each endpoint that was given, by its position. */
  readonly classOf: readonly number[];
  readonly ports: PortTable;
  /** What isolates each class and what its rules let through, by class. */
  readonly ends: Readonly<Record<Direction, readonly ClassEnd[]>>;
  /** What the rules of a policy are about, by their place. */
  readonly openings: (policy: NetworkPolicy, direction: Direction) => readonly (readonly Opening[])[];
}

/** What the policies of one class say in one direction. */
export interface ClassEnd {
  /** None: everything passes. */
  readonly isolatedBy: readonly NetworkPolicy[];
  /** What adds up, where all policies are plain. */
  readonly openings: readonly Opening[];
  /** What is weighed where some are not; a connection must pass by each layer. */
  readonly layers: readonly ClassLayer[] | undefined;
}

/** The stages of one API and their rules, in the order in which they are asked. */
export interface ClassLayer {
  readonly stages: readonly Stage[];
  readonly rules: readonly LayerRule[];
}

export interface LayerRule extends Opening {
  readonly stage: number;
  readonly action: Action;
}

/** A peer that a rule lets through, on some ports of the destination. */
export interface Opening {
  readonly peers: PeerSet;
  /** In ingress the ports are those of the class itself; in egress a name means another number behind each destination. */
  readonly portsAt: (destination: number) => number;
}

/** Works out the classes, and looks every peer of every policy up once. `index` is that of `policies`. */
export function mapReach(
  policies: readonly NetworkPolicy[],
  endpoints: readonly Endpoint[],
  index: PolicyIndex = indexPolicies(policies),
): ReachMap {
  const { classes, classOf } = classify(endpoints, endpointKey(policies, index));
  const ports = createPortTable();
  const openings = openingsOfPolicies(indexPeers(classes, index), classes, ports);
  const endsFor = (direction: Direction): readonly ClassEnd[] =>
    classes.map((endpoint) => {
      const policies = concerning(index, direction, endpoint);
      if (index.apis.size === 0 || policies.length === 0) {
        const own = policies.flatMap((policy) => openings(policy, direction).flat());
        return { isolatedBy: policies, openings: own, layers: undefined };
      }
      const layers = layersOf(policies, direction, index.apis).map((stages) => layerOf(stages, direction, openings));
      return { isolatedBy: closing(policies, direction, index.apis), openings: [], layers };
    });
  return { index, classes, classOf, ports, openings, ends: { Ingress: endsFor('Ingress'), Egress: endsFor('Egress') } };
}

function layerOf(stages: readonly Stage[], direction: Direction, openings: ReachMap['openings']): ClassLayer {
  const rules = stages.flatMap(({ policies, asks }, stage) =>
    policies.flatMap((policy) =>
      (rulesOf(policy, direction) ?? []).flatMap(({ action = 'allow' }, position): LayerRule[] =>
        asks.includes(action)
          ? (openings(policy, direction)[position] ?? []).map((opening) => ({ ...opening, stage, action }))
          : [],
      ),
    ),
  );
  return { stages, rules };
}

function classify(
  endpoints: readonly Endpoint[],
  keyOf: (endpoint: Endpoint) => string,
): Pick<ReachMap, 'classes' | 'classOf'> {
  const positions = new Map<string, number>();
  const classes: Endpoint[] = [];
  const classOf = endpoints.map((endpoint) => {
    const key = keyOf(endpoint);
    const known = positions.get(key);
    if (known !== undefined) return known;
    positions.set(key, classes.length);
    return classes.push(endpoint) - 1;
  });
  return { classes, classOf };
}

/** The openings of a policy, worked out when they are first asked for. */
function openingsOfPolicies(
  peersOf: PeerClasses,
  classes: readonly Endpoint[],
  table: PortTable,
): ReachMap['openings'] {
  const memory = { Ingress: new Map<NetworkPolicy, Opening[][]>(), Egress: new Map<NetworkPolicy, Opening[][]>() };
  const portsOf = portsReaders(classes, table);
  return (policy, direction) => {
    const known = memory[direction].get(policy);
    if (known !== undefined) return known;
    const openings = (rulesOf(policy, direction) ?? []).map((rule) => {
      const portsAt = portsOf(rule);
      const peers = rule.peers === 'all' ? (['all'] as const) : rule.peers;
      return peers.map((peer) => ({ peers: peersOf(policy, peer), portsAt }));
    });
    memory[direction].set(policy, openings);
    return openings;
  };
}

/** Numbers are the same at every destination; names mean the same where the ports with names are alike. */
function portsReaders(classes: readonly Endpoint[], table: PortTable): (rule: Rule) => Opening['portsAt'] {
  const likes = namedAlike(classes);
  const memory = new Map<string, Map<number, number>>();
  return ({ ports }) => {
    if (ports === 'all') return () => ALL_PORTS;
    const [first] = classes;
    const hasNames = ports.some((port) => 'name' in port);
    if (!hasNames) {
      const id = first === undefined ? NO_PORTS : table.idOf(portsAt({ ports }, first));
      return () => id;
    }
    const key = JSON.stringify(ports);
    const read = memory.get(key) ?? new Map<number, number>();
    memory.set(key, read);
    return (destination) => {
      const like = likes[destination] ?? -1;
      const known = read.get(like);
      if (known !== undefined) return known;
      const endpoint = classes[like];
      const id = endpoint === undefined ? NO_PORTS : table.idOf(portsAt({ ports }, endpoint));
      read.set(like, id);
      return id;
    };
  };
}

/** For each class the first one whose ports have the same names. */
function namedAlike(classes: readonly Endpoint[]): Int32Array {
  const firsts = new Map<string, number>();
  return Int32Array.from(classes, (endpoint, position) => {
    const ports = endpoint.kind !== 'pod' ? 'ip' : endpoint.ports.filter(({ name }) => name !== undefined);
    const key = JSON.stringify(ports);
    const first = firsts.get(key) ?? position;
    firsts.set(key, first);
    return first;
  });
}
