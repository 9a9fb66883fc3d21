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
    const row = withoutGaps(readRow(source));
    const hash = hashOf(row);
    const alike = byHash.get(hash) ?? [];
    byHash.set(hash, alike);
    const known = alike.find((group) => isEqual(group.row, row));
    if (known !== undefined) {
      known.classes.push(source);
      continue;
    }
    const group = { row, classes: [source] };
    alike.push(group);
    groups.push(group);
  }
  return groups;
}

function withoutGaps(row: ReachRow): SparseRow {
  let length = 0;
  for (const ports of row) if (ports !== NO_PORTS) length += 2;
  const sparse = new Int32Array(length);
  let at = 0;
  for (const [destination, ports] of row.entries()) {
    if (ports === NO_PORTS) continue;
    sparse[at++] = destination;
    sparse[at++] = ports;
  }
  return sparse;
}

function hashOf(row: SparseRow): number {
  let hash = row.length;
  for (const number of row) hash = Math.imul(hash ^ number, 0x01000193) ^ (hash >>> 15);
  return hash;
}

function isEqual(a: SparseRow, b: SparseRow): boolean {
  return a.length === b.length && a.every((number, index) => number === b[index]);
}

/** Starts with all columns in one group, and lets each row split off those that it reaches on the same ports. */
function equalColumns(rows: readonly SparseRow[], size: number): readonly number[] {
  const groupOf = new Array<number>(size).fill(0);
  const sizes = [size];
  for (const row of rows) {
    const moved = new Map<number, Map<number, number[]>>();
    for (let at = 0; at < row.length; at += 2) {
      const [destination = 0, ports = 0] = [row[at], row[at + 1]];
      const group = groupOf[destination] ?? 0;
      const byPorts = moved.get(group) ?? new Map<number, number[]>();
      moved.set(group, byPorts);
      const members = byPorts.get(ports);
      if (members === undefined) byPorts.set(ports, [destination]);
      else members.push(destination);
    }
    for (const [group, byPorts] of moved) {
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
