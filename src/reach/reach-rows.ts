import { ALL_PORTS, NO_PORTS, type PortTable } from '../policy/port-table.ts';
import type { ClassEnd, ReachMap } from './reach-map.ts';
import { weighedRows } from './weighed-rows.ts';

/** What one class reaches: by destination class, the id of a set of ports. */
export type ReachRow = Int32Array;

/** A square table of sets of ports, from class to class, that is read row by row. */
export interface ClassRows {
  readonly size: number;
  /** The class of each endpoint that was given, by its position. */
  readonly classOf: readonly number[];
  readonly ports: PortTable;
  /** Each call overwrites the row that the one before answered. */
  readonly readRow: (source: number) => ReachRow;
}

/** A map as a table. */
export function rowsOfMap(map: ReachMap): ClassRows {
  return { size: map.classes.length, classOf: map.classOf, ports: map.ports, readRow: reachRows(map) };
}

/**
 * Reads the rows of a map one by one, in memory that grows with the number of classes and not with its square. Each
 * call overwrites the row that the one before answered.
 */
export function reachRows({ classes, ends, ports }: ReachMap): (source: number) => ReachRow {
  const size = classes.length;
  const atSource = new Int32Array(size);
  const atDestination = new Int32Array(size);
  const closed = Int32Array.from(ends.Ingress, ({ isolatedBy }) => (isolatedBy.length === 0 ? ALL_PORTS : NO_PORTS));
  const doors = doorsBySource(ends.Ingress, size);
  const weighed = weighedRows({ ends, ports }, size);
  const open = (row: ReachRow, destination: number, id: number): void => {
    row[destination] = ports.union(row[destination] ?? NO_PORTS, id);
  };
  const readSource = ({ isolatedBy, openings, layers }: ClassEnd): void => {
    atSource.fill(isolatedBy.length === 0 ? ALL_PORTS : NO_PORTS);
    if (layers !== undefined) weighed.atSource(layers, atSource);
    for (const { peers, portsAt } of openings) {
      for (const destination of peers.classes) open(atSource, destination, portsAt(destination));
    }
  };
  const readDestinations = (source: number): void => {
    atDestination.set(closed);
    for (const openings of doors(source)) {
      for (const { destination, ports: id } of openings) open(atDestination, destination, id);
    }
    weighed.atDestinations(source, atDestination);
  };
  return (source) => {
    const end = ends.Egress[source];
    if (end === undefined) return atSource.fill(NO_PORTS);
    readSource(end);
    readDestinations(source);
    for (let destination = 0; destination < size; destination++) {
      atSource[destination] = ports.intersect(
        atSource[destination] ?? NO_PORTS,
        atDestination[destination] ?? NO_PORTS,
      );
    }
    return atSource;
  };
}

interface Door {
  readonly destination: number;
  readonly ports: number;
}

/** The rules of every destination, found by whom they let in. */
function doorsBySource(ends: readonly ClassEnd[], size: number): (source: number) => readonly (readonly Door[])[] {
  const bySet = new Map<number, Door[]>();
  const setsOf: number[][] = Array.from({ length: size }, () => []);
  for (const [destination, { openings }] of ends.entries()) {
    for (const { peers, portsAt } of openings) {
      const door = { destination, ports: portsAt(destination) };
      const known = bySet.get(peers.id);
      if (known !== undefined) {
        known.push(door);
        continue;
      }
      bySet.set(peers.id, [door]);
      for (const source of peers.classes) setsOf[source]?.push(peers.id);
    }
  }
  return (source) => (setsOf[source] ?? []).map((set) => bySet.get(set) ?? []);
}
