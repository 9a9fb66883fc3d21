import type { PortSet } from '../model/port.ts';
import { intersect, subtract, union } from './port-set.ts';

/** Port sets as small numbers, so that what is asked for every pair of pods is worked out once for each pair of sets. */
export interface PortTable {
  readonly idOf: (set: PortSet) => number;
  readonly setOf: (id: number) => PortSet;
  readonly union: (a: number, b: number) => number;
  readonly intersect: (a: number, b: number) => number;
  readonly subtract: (a: number, b: number) => number;
}

/** The id of the empty set in every table. */
export const NO_PORTS = 0;

/** The id of `all` in every table. */
export const ALL_PORTS = 1;

/** More sets than a table may hold; a pair of ids below it fits into one number. */
export const MOST_SETS: number = 2 ** 26;

/** A table that knows `[]` and `all`. Sets must be in the form of `portSet`, so that equal ones are written alike. */
export function createPortTable(): PortTable {
  const sets: PortSet[] = [[], 'all'];
  const ids = new Map<string, number>();
  const unions = new Map<number, number>();
  const intersections = new Map<number, number>();
  const differences = new Map<number, number>();
  const setOf = (id: number): PortSet => sets[id] ?? [];
  const idOf = (set: PortSet): number => {
    if (set === 'all') return ALL_PORTS;
    if (set.length === 0) return NO_PORTS;
    const key = set.map(({ protocol, port, endPort }) => `${protocol}${port}-${endPort}`).join();
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, sets.length);
    return sets.push(set) - 1;
  };
  const combine = (
    memory: Map<number, number>,
    how: (left: PortSet, right: PortSet) => PortSet,
    a: number,
    b: number,
  ): number => {
    const key = a < b ? a * MOST_SETS + b : b * MOST_SETS + a;
    const known = memory.get(key);
    if (known !== undefined) return known;
    const id = idOf(how(setOf(a), setOf(b)));
    memory.set(key, id);
    return id;
  };
  return {
    idOf,
    setOf,
    union: (a, b) => {
      if (a === b || b === NO_PORTS) return a;
      if (a === NO_PORTS) return b;
      return a === ALL_PORTS || b === ALL_PORTS ? ALL_PORTS : combine(unions, union, a, b);
    },
    subtract: (a, b) => {
      if (b === NO_PORTS || a === NO_PORTS) return a;
      if (a === b || b === ALL_PORTS) return NO_PORTS;
      const key = a * MOST_SETS + b;
      const known = differences.get(key);
      if (known !== undefined) return known;
      const id = idOf(subtract(setOf(a), setOf(b)));
      differences.set(key, id);
      return id;
    },
    intersect: (a, b) => {
      if (a === b || b === ALL_PORTS) return a;
      if (a === ALL_PORTS) return b;
      return a === NO_PORTS || b === NO_PORTS ? NO_PORTS : combine(intersections, intersect, a, b);
    },
  };
}
