import type { End } from '../model/end.ts';
import { subtract } from '../policy/port-set.ts';
import { ALL_PORTS, createPortTable, MOST_SETS, NO_PORTS, type PortTable } from '../policy/port-table.ts';
import type { ReachMap } from './reach-map.ts';
import { type ClassRows, type ReachRow, reachRows } from './reach-rows.ts';

/** One side of a comparison: `map` has an endpoint of each end that is there. */
export interface Side {
  readonly map: ReachMap;
  /** The position of an end among the endpoints of the map; undefined where it is not on this side. */
  readonly positionOf: (end: End) => number | undefined;
}

/** What one side lets through and the other does not, as tables from end to end. */
export interface ReachChanges {
  readonly added: ClassRows;
  readonly removed: ClassRows;
}

/** Ends that are of one class on both sides. */
interface JointClasses {
  /** By joint class, its class on each side; -1 where it is not there. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** By the position of an end. */
  readonly classOf: readonly number[];
}

/** Works out the connections that are new on the second side, and those that are gone from the first. */
export function compareReach(before: Side, after: Side, ends: readonly End[]): ReachChanges {
  const joint = joinClasses(ends, before, after);
  const size = joint.before.length;
  const rows = { before: jointRows(before.map, joint.before), after: jointRows(after.map, joint.after) };
  const read = (has: 'before' | 'after', lacks: 'before' | 'after', maps: readonly [ReachMap, ReachMap]): ClassRows => {
    const ports = createPortTable();
    const less = memoizedDifference(maps, ports);
    const row = new Int32Array(size);
    const readRow = (source: number): ReachRow => {
      const [have, lack] = [rows[has](source), rows[lacks](source)];
      for (let at = 0; at < size; at += 1) row[at] = less(have[at] ?? NO_PORTS, lack[at] ?? NO_PORTS);
      return row;
    };
    return { size, classOf: joint.classOf, ports, readRow };
  };
  return {
    added: read('after', 'before', [after.map, before.map]),
    removed: read('before', 'after', [before.map, after.map]),
  };
}

function joinClasses(ends: readonly End[], before: Side, after: Side): JointClasses {
  const joint = { before: [] as number[], after: [] as number[] };
  const numbers = new Map<string, number>();
  const classOf = ends.map((end) => {
    const [from, to] = [classOn(before, end), classOn(after, end)];
    const key = `${from} ${to}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, joint.before.length);
    joint.after.push(to);
    return joint.before.push(from) - 1;
  });
  return { ...joint, classOf };
}

function classOn({ map, positionOf }: Side, end: End): number {
  const position = positionOf(end);
  return position === undefined ? -1 : (map.classOf[position] ?? -1);
}

/** Rows of one side's map, by joint classes; what is not there reaches nobody, and nobody reaches it. */
function jointRows(map: ReachMap, classes: readonly number[]): (source: number) => ReachRow {
  const read = reachRows(map);
  const row = new Int32Array(classes.length);
  return (source) => {
    const own = classes[source] ?? -1;
    if (own < 0) return row.fill(NO_PORTS);
    const written = read(own);
    for (const [at, destination] of classes.entries())
      row[at] = destination < 0 ? NO_PORTS : (written[destination] ?? 0);
    return row;
  };
}

/** Ids of two tables to the id, in a third one, of what the first set has and the second has not. */
function memoizedDifference(
  [has, lacks]: readonly [ReachMap, ReachMap],
  ports: PortTable,
): (have: number, lack: number) => number {
  const memory = new Map<number, number>();
  return (have, lack) => {
    if (have === NO_PORTS || lack === ALL_PORTS) return NO_PORTS;
    if (lack === NO_PORTS && have === ALL_PORTS) return ALL_PORTS;
    const key = have * MOST_SETS + lack;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const id = ports.idOf(subtract(has.ports.setOf(have), lacks.ports.setOf(lack)));
    memory.set(key, id);
    return id;
  };
}
