import type { End } from '../model/end.ts';
import type { PortSet } from '../model/port.ts';
import { blocksOf, type ReachBlocks } from './reach-blocks.ts';
import type { ClassRows } from './reach-rows.ts';

/** Each of some ends reaches each of others on the same ports. */
export interface ConnectionGroup {
  readonly sources: readonly End[];
  readonly destinations: readonly End[];
  readonly ports: PortSet;
}

/** Which ends are asked about, on both sides. */
export interface Asked {
  readonly source: (end: End) => boolean;
  readonly destination: (end: End) => boolean;
}

/** Leaves out the pairs that are between two strangers, of which the input says nothing. */
export function withoutStrangers(
  { sources, destinations, ports }: ConnectionGroup,
  isStranger: (end: End) => boolean,
): readonly ConnectionGroup[] {
  const known = (ends: readonly End[]): readonly End[] => ends.filter((end) => !isStranger(end));
  const [from, to] = [known(sources), known(destinations)];
  if (from.length === sources.length || to.length === destinations.length) return [{ sources, destinations, ports }];
  const strangers = destinations.filter(isStranger);
  return [
    { sources, destinations: to, ports },
    { sources: from, destinations: strangers, ports },
  ].filter((group) => group.sources.length > 0 && group.destinations.length > 0);
}

/** Everything that is open between some ends, each pair in one group. */
export type ConnectionTable = (asked: Asked) => readonly ConnectionGroup[];

/**
 * Reads a table whose endpoints are those of `ends`, in their order. Pairs with the same ports are put together: first
 * the sources of one destination, then destinations with the same sources.
 */
export function connectionTable(rows: ClassRows, ends: readonly End[]): ConnectionTable {
  const membersOf = membersByClass(rows, ends);
  const blocks = blocksOf(rows);
  return (asked) => {
    const sources = blocks.sources.map((classes) =>
      classes.flatMap((one) => membersOf[one] ?? []).filter(asked.source),
    );
    const destinations = blocks.destinations.map((classes) =>
      classes.flatMap((one) => membersOf[one] ?? []).filter(asked.destination),
    );
    return mergeBlocks(blocks, sources, destinations).map((merged) => ({
      sources: merged.sources.flatMap((group) => sources[group] ?? []),
      destinations: merged.destinations.flatMap((group) => destinations[group] ?? []),
      ports: rows.ports.setOf(merged.ports),
    }));
  };
}

interface Merged {
  readonly sources: readonly number[];
  readonly destinations: number[];
  readonly ports: number;
}

function mergeBlocks(
  { blocks }: ReachBlocks,
  sources: readonly (readonly End[])[],
  destinations: readonly (readonly End[])[],
): readonly Merged[] {
  const byDestination = new Map<string, { destination: number; ports: number; sources: number[] }>();
  for (const { source, destination, ports } of blocks) {
    if (sources[source]?.length === 0 || destinations[destination]?.length === 0) continue;
    const key = `${destination} ${ports}`;
    const known = byDestination.get(key);
    if (known === undefined) byDestination.set(key, { destination, ports, sources: [source] });
    else known.sources.push(source);
  }
  const merged = new Map<string, Merged>();
  for (const { destination, ports, sources: from } of byDestination.values()) {
    const key = `${ports} ${from.join()}`;
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { sources: from, destinations: [destination], ports });
    else known.destinations.push(destination);
  }
  return [...merged.values()];
}

function membersByClass({ size, classOf }: ClassRows, ends: readonly End[]): readonly (readonly End[])[] {
  const members: End[][] = Array.from({ length: size }, () => []);
  for (const [position, end] of ends.entries()) members[classOf[position] ?? -1]?.push(end);
  return members;
}
