import { NO_PORTS } from '../policy/port-table.ts';
import type { ClassRows, ReachRow } from './reach-rows.ts';

/** Who reaches whom, with sources that reach the same and destinations that the same reach put together. */
export interface ReachBlocks {
  /** Classes whose rows are equal. Each class is in one group. */
  readonly sources: readonly (readonly number[])[];
  /** Classes whose columns are equal. */
  readonly destinations: readonly (readonly number[])[];
  /** What is open between two groups; where nothing is, there is no block. */
  readonly blocks: readonly ReachBlock[];
}

export interface ReachBlock {
  /** Positions in `sources` and `destinations`. */
  readonly source: number;
  readonly destination: number;
  /** Id of a set of ports in the map's table. */
  readonly ports: number;
}

/** Reads a whole table, row by row, and puts equal rows and equal columns together. */
export function blocksOf(table: ClassRows): ReachBlocks {
  const sources = equalRows(table);
  const columnOf = equalColumns(
    sources.map(({ row }) => row),
    table.size,
  );
  const destinations = membersOf(columnOf);
  const groupOfFirst = new Map(destinations.map(([first = -1], group) => [first, group]));
  const blocks = sources.flatMap(({ row }, source) => blocksOfRow(row, source, groupOfFirst));
  return { sources: sources.map(({ classes }) => classes), destinations, blocks };
}

/** A row without what it does not reach: destinations and ids of ports, by turns. */
type SparseRow = Int32Array;

interface RowGroup {
  readonly row: SparseRow;
  readonly classes: number[];
}

function equalRows({ size, readRow }: ClassRows): readonly RowGroup[] {
  const groups: RowGroup[] = [];
  const byHash = new Map<number, RowGroup[]>();
  for (let source = 0; source < size; source++) {
    const row = readRow(source);
    const hash = hashOf(row);
    const alike = byHash.get(hash) ?? [];
    byHash.set(hash, alike);
    const known = alike.find((group) => isEqual(group.row, row));
    if (known !== undefined) {
      known.classes.push(source);
      continue;
    }
    const group = { row: withoutGaps(row), classes: [source] };
    alike.push(group);
    groups.push(group);
  }
  return groups;
}

// Plain loops, since these run for every pair of classes: iterators would make millions of short-lived objects.

function withoutGaps(row: ReachRow): SparseRow {
  const sparse = new Int32Array(2 * countOpen(row));
  let at = 0;
  for (let destination = 0; destination < row.length; destination++) {
    const ports = row[destination] ?? NO_PORTS;
    if (ports === NO_PORTS) continue;
    sparse[at++] = destination;
    sparse[at++] = ports;
  }
  return sparse;
}

function countOpen(row: ReachRow): number {
  let count = 0;
  for (let destination = 0; destination < row.length; destination++) if (row[destination] !== NO_PORTS) count++;
  return count;
}

function hashOf(row: ReachRow): number {
  let hash = 0;
  for (let destination = 0; destination < row.length; destination++) {
    const ports = row[destination] ?? NO_PORTS;
    if (ports !== NO_PORTS) hash = Math.imul(hash ^ (destination * 31 + ports), 0x01000193) ^ (hash >>> 15);
  }
  return hash;
}

function isEqual(sparse: SparseRow, row: ReachRow): boolean {
  for (let at = 0; at < sparse.length; at += 2) if (row[sparse[at] ?? -1] !== sparse[at + 1]) return false;
  return sparse.length === 2 * countOpen(row);
}

/** Starts with all columns in one group, and lets each row split off those that it reaches on the same ports. */
function equalColumns(rows: readonly SparseRow[], size: number): readonly number[] {
  const groupOf = new Array<number>(size).fill(0);
  const sizes = [size];
  for (const row of rows) {
    for (const [group, byPorts] of reachedBy(row, groupOf)) {
      for (const members of byPorts.values()) {
        // A group that moves as a whole stays what it was.
        if (members.length === sizes[group]) continue;
        for (const destination of members) groupOf[destination] = sizes.length;
        sizes[group] = (sizes[group] ?? 0) - members.length;
        sizes.push(members.length);
      }
    }
  }
  return groupOf;
}

/** The columns that a row reaches, by the group that they are in, and by ports. */
function reachedBy(row: SparseRow, groupOf: readonly number[]): ReadonlyMap<number, ReadonlyMap<number, number[]>> {
  const reached = new Map<number, Map<number, number[]>>();
  for (let at = 0; at < row.length; at += 2) {
    const destination = row[at] ?? 0;
    const ports = row[at + 1] ?? NO_PORTS;
    const group = groupOf[destination] ?? 0;
    const byPorts = reached.get(group) ?? new Map<number, number[]>();
    reached.set(group, byPorts);
    const members = byPorts.get(ports);
    if (members === undefined) byPorts.set(ports, [destination]);
    else members.push(destination);
  }
  return reached;
}

function membersOf(groupOf: readonly number[]): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (const [position, group] of groupOf.entries()) {
    const known = members.get(group);
    if (known === undefined) members.set(group, [position]);
    else known.push(position);
  }
  return [...members.values()];
}

/** A group of columns is told by its first member, since the others are alike. */
function blocksOfRow(row: SparseRow, source: number, groupOfFirst: ReadonlyMap<number, number>): ReachBlock[] {
  const blocks: ReachBlock[] = [];
  for (let at = 0; at < row.length; at += 2) {
    const destination = groupOfFirst.get(row[at] ?? -1);
    if (destination !== undefined) blocks.push({ source, destination, ports: row[at + 1] ?? NO_PORTS });
  }
  return blocks;
}
