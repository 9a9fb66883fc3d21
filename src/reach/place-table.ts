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

/**
 * Puts places together that have the same connections: first those that reach one place, then those that are reached.
 * Where every pair is open the pairs are added up; elsewhere they are those of each of them.
 */
export function mergePlaces(connections: readonly PlaceConnection[]): readonly MatrixRow[] {
  const rows = connections.map(({ source, destination, ports, open, of }): MatrixRow => {
    return { sources: [source], destinations: [destination], ports, pairs: { open, of, isEach: false } };
  });
  const [within, between] = [rows.filter(isWithin), rows.filter((row) => !isWithin(row))];
  const alike = within.map((row): MatrixRow => ({ ...row, destinations: [OWN_NAMESPACE] }));
  const merged = mergeBy(alike, 'destinations', 'sources').filter(({ sources }) => sources.length > 1);
  const told = new Set(merged.flatMap(({ sources }) => sources));
  const others = [...within.filter(({ sources: [source = ''] }) => !told.has(source)), ...between];
  return [...merged, ...mergeBy(mergeBy(others, 'destinations', 'sources'), 'sources', 'destinations')];
}

/** What several namespaces reach that reach themselves. */
const OWN_NAMESPACE = 'its own namespace';

/** A namespace that is open as a whole goes with those that reach it as well. */
function isWithin(row: MatrixRow): boolean {
  const [source] = row.sources;
  return source === row.destinations[0] && source?.endsWith('/*') === true && !isWhole(row);
}

type Side = 'sources' | 'destinations';

function mergeBy(rows: readonly MatrixRow[], same: Side, merged: Side): readonly MatrixRow[] {
  const groups = new Map<string, MatrixRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row[same], row.ports, isWhole(row) || row.pairs]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()].map((group) => mergeRows(group, merged));
}

function isWhole({ pairs }: MatrixRow): boolean {
  return pairs?.open === pairs?.of;
}

function mergeRows(rows: readonly MatrixRow[], merged: Side): MatrixRow {
  const [first] = rows as readonly [MatrixRow, ...MatrixRow[]];
  if (rows.length === 1) return first;
  const names = rows.flatMap((row) => row[merged]).sort();
  if (!isWhole(first)) return { ...first, [merged]: names, pairs: first.pairs && { ...first.pairs, isEach: true } };
  const sum = rows.reduce((total, { pairs }) => total + (pairs?.of ?? 0), 0);
  return { ...first, [merged]: names, pairs: { open: sum, of: sum, isEach: false } };
}

interface Counter {
  count: number;
}

function countPlaces(ends: readonly End[], placeOf: (end: End) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(placeOf(end), (counts.get(placeOf(end)) ?? 0) + 1);
  return counts;
}
