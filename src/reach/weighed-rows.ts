import { ALL_PORTS, NO_PORTS } from '../policy/port-table.ts';
import type { PeerSet } from './peer-classes.ts';
import type { ClassLayer, LayerRule, ReachMap } from './reach-map.ts';
import { type Matched, type PortAlgebra, weigh } from './weigh.ts';

/** Fills rows in where rules do not just add up. */
export interface WeighedRows {
  /** What one source lets out, by destination; `row` holds what is open where no rule matches. */
  readonly atSource: (layers: readonly ClassLayer[], row: Int32Array) => void;
  /** What every destination lets in from one source. */
  readonly atDestinations: (source: number, row: Int32Array) => void;
}

/** Reads the layers of each class. Only pairs that some rule is about are weighed. */
export function weighedRows({ ends, ports }: Pick<ReachMap, 'ends' | 'ports'>, size: number): WeighedRows {
  const algebra: PortAlgebra<number> = { none: NO_PORTS, all: ALL_PORTS, ...ports };
  const holds = membership(size);
  const open = (layers: readonly ClassLayer[], other: number, destination: number): number =>
    layers.reduce((passing, { stages, rules }) => {
      const matched = rules.filter(({ peers }) => holds(peers, other)).map((rule) => matchedAt(rule, destination));
      return ports.intersect(passing, weigh(stages, matched, algebra));
    }, ALL_PORTS);
  const bySource = destinationsBySource(ends.Ingress, size);
  return {
    atSource: (layers, row) => {
      const sets = new Set(layers.flatMap(({ rules }) => rules.map(({ peers }) => peers)));
      for (const destination of new Set([...sets].flatMap(({ classes }) => classes))) {
        row[destination] = open(layers, destination, destination);
      }
    },
    atDestinations: (source, row) => {
      for (const destination of bySource(source)) {
        const layers = ends.Ingress[destination]?.layers;
        if (layers !== undefined) row[destination] = open(layers, source, destination);
      }
    },
  };
}

function matchedAt({ stage, action, portsAt }: LayerRule, destination: number): Matched<number> {
  return { stage, action, ports: portsAt(destination) };
}

/** Whether a class is in a set; each set is spread out once. */
function membership(size: number): (set: PeerSet, one: number) => boolean {
  const memory: Uint8Array[] = [];
  return ({ id, classes }, one) => {
    let spread = memory[id];
    if (spread === undefined) {
      spread = new Uint8Array(size);
      for (const member of classes) spread[member] = 1;
      memory[id] = spread;
    }
    return spread[one] === 1;
  };
}

/** The destinations whose rules are about a source. */
function destinationsBySource(ends: ReachMap['ends']['Ingress'], size: number): (source: number) => Iterable<number> {
  const bySet = new Map<number, { readonly classes: readonly number[]; readonly destinations: Set<number> }>();
  for (const [destination, { layers = [] }] of ends.entries()) {
    for (const { peers } of layers.flatMap(({ rules }) => rules)) {
      const known = bySet.get(peers.id) ?? { classes: peers.classes, destinations: new Set() };
      bySet.set(peers.id, known);
      known.destinations.add(destination);
    }
  }
  const setsOf: ReadonlySet<number>[][] = Array.from({ length: size }, () => []);
  for (const { classes, destinations } of bySet.values()) {
    for (const source of classes) setsOf[source]?.push(destinations);
  }
  return (source) => new Set((setsOf[source] ?? []).flatMap((destinations) => [...destinations]));
}
