import type { End } from '../model/end.ts';
import type { MatrixRow } from '../model/matrix-view.ts';
import type { PortSet } from '../model/port.ts';
import { unionAll } from '../policy/port-set.ts';
import type { ConnectionGroup } from './connection-table.ts';

/** What is open between the ends of two places: between any of them on some of the ports. */
export interface PlaceConnection {
  readonly source: string;
  readonly destination: string;
  /** Ports on which at least one pair is open. */
  readonly ports: PortSet;
  /** Pairs that are open on some port, of all pairs. */
  readonly open: number;
  readonly of: number;
}

/** Counts groups of connections by the places of their ends. `ends` are all that are asked about, on each side. */
export function placeTable(
  groups: readonly ConnectionGroup[],
  ends: { readonly sources: readonly End[]; readonly destinations: readonly End[] },
  placeOf: (end: End) => string,
): readonly PlaceConnection[] {
  const found = new Map<string, { source: string; destination: string; ports: Set<PortSet>; pairs: Counter }>();
  for (const { sources, destinations, ports } of groups) {
    const to = countPlaces(destinations, placeOf);
    for (const [source, from] of countPlaces(sources, placeOf)) {
      for (const [destination, count] of to) {
        const key = JSON.stringify([source, destination]);
        const known = found.get(key) ?? { source, destination, ports: new Set(), pairs: { count: 0 } };
        found.set(key, known);
        known.ports.add(ports);
        known.pairs.count += from * count;
      }
    }
  }
  const sizes = { sources: countPlaces(ends.sources, placeOf), destinations: countPlaces(ends.destinations, placeOf) };
  return [...found.values()].map(({ source, destination, ports, pairs }) => ({
    source,
    destination,
    ports: unionAll(ports),
    open: pairs.count,
    of: (sizes.sources.get(source) ?? 0) * (sizes.destinations.get(destination) ?? 0),
  }));
}

/** Puts places together of which every pair is open on the same ports: first those that reach one place, then those that are reached. */
export function mergePlaces(connections: readonly PlaceConnection[]): readonly MatrixRow[] {
  const rows = connections.map(({ source, destination, ports, open, of }): MatrixRow => {
    return { sources: [source], destinations: [destination], ports, pairs: { open, of } };
  });
  const whole = rows.filter(({ pairs }) => pairs?.open === pairs?.of);
  const parts = rows.filter(({ pairs }) => pairs?.open !== pairs?.of);
  return [...parts, ...mergeBy(mergeBy(whole, 'destinations', 'sources'), 'sources', 'destinations')];
}

type Side = 'sources' | 'destinations';

function mergeBy(rows: readonly MatrixRow[], same: Side, merged: Side): readonly MatrixRow[] {
  const found = new Map<string, MatrixRow>();
  for (const row of rows) {
    const key = JSON.stringify([row[same], row.ports]);
    const known = found.get(key);
    if (known === undefined) found.set(key, row);
    else found.set(key, { ...known, [merged]: [...known[merged], ...row[merged]], pairs: addPairs(known, row) });
  }
  return [...found.values()];
}

function addPairs({ pairs: a }: MatrixRow, { pairs: b }: MatrixRow): MatrixRow['pairs'] {
  return a && b && { open: a.open + b.open, of: a.of + b.of };
}

interface Counter {
  count: number;
}

function countPlaces(ends: readonly End[], placeOf: (end: End) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(placeOf(end), (counts.get(placeOf(end)) ?? 0) + 1);
  return counts;
}
