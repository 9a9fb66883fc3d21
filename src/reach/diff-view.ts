import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { Endpoint } from '../model/flow.ts';
import type { PortSet } from '../model/port.ts';
import type { IsolationChange, ReachChange, ReachDiff } from '../model/reach-diff.ts';
import { subtract } from '../policy/port-set.ts';
import type { AddressEnds } from './address-ends.ts';
import type { Pair } from './change-reasons.ts';
import { compareReach, type Side } from './compare-reach.ts';
import { type Asked, type ConnectionGroup, connectionTable, withoutStrangers } from './connection-table.ts';
import { explainChange, objectsOf } from './explain-change.ts';
import { type NameEnds, nameEnds } from './name-ends.ts';
import type { ClassRows } from './reach-rows.ts';

/** Two builds, side by side. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  /** Every end of either build, each once. */
  readonly ends: readonly End[];
  readonly addresses: AddressEnds;
}

/** Describes what changes from one build to the other. */
export function viewDiff(sides: Sides): ReachDiff {
  const { before, after, ends, addresses } = sides;
  const { added, removed } = compareReach(before, after, ends);
  const name = nameEnds(ends, addresses);
  const isLasting = (end: End): boolean => isOn(before, end) && isOn(after, end);
  const objects = new Set(ends.flatMap((end) => [...objectsOf(end)]));
  const describe = (kind: ReachChange['kind'], rows: ClassRows): readonly ReachChange[] =>
    groupsOf(rows, sides, isLasting).map((group) => {
      const [has, lacks] = kind === 'added' ? [after, before] : [before, after];
      const [hasPair, lacksPair] = [has, lacks].map((side) => (from: End, to: End) => pairOn(side, from, to)) as [
        PairOf,
        PairOf,
      ];
      const because = explainChange({ kind, group, has: hasPair, lacks: lacksPair, objects, name });
      return changeOf(kind, group, because, name, isLasting);
    });
  const alone = (here: Side, there: Side): readonly string[] =>
    ends.filter((end) => end.workloads.length > 0 && isOn(here, end) && !isOn(there, end)).map((end) => end.name);
  return {
    changes: [...describe('added', added), ...describe('removed', removed)],
    isolation: isolationChanges(ends.filter(isLasting), sides, name),
    newEnds: alone(after, before),
    goneEnds: alone(before, after),
  };
}

/** The ports that are missing, where those are fewer ranges. */
function shorterComplement(ports: PortSet): PortSet | undefined {
  const missing = subtract('all', ports);
  return ports === 'all' || missing === 'all' || missing.length >= ports.length ? undefined : missing;
}

type PairOf = (source: End, destination: End) => Pair | undefined;

function isOn({ positionOf }: Side, end: End): boolean {
  return positionOf(end) !== undefined;
}

/** Changes between lasting ends, then those that come or go with an end; none of strangers among themselves. */
function groupsOf(rows: ClassRows, sides: Sides, isLasting: (end: End) => boolean): readonly ConnectionGroup[] {
  const table = connectionTable(rows, sides.ends);
  const isStranger = (end: End): boolean => end.workloads.length === 0 && !isIsolated(end, sides);
  const isPassing = (end: End): boolean => !isLasting(end);
  const asked: readonly Asked[] = [
    { source: isLasting, destination: isLasting },
    { source: isPassing, destination: () => true },
    { source: isLasting, destination: isPassing },
  ];
  return asked
    .flatMap(table)
    .flatMap((group) => withoutStrangers(group, isStranger))
    .filter(isOfSomebody);

  function isOfSomebody({ sources, destinations }: ConnectionGroup): boolean {
    return !(sources.every(isStranger) && destinations.every(isStranger));
  }
}

function isIsolated(end: End, { before, after }: Sides): boolean {
  return [before, after].some((side) => DIRECTIONS.some((direction) => isClosed(side, end, direction)));
}

function isClosed({ map, positionOf }: Side, end: End, direction: Direction): boolean {
  const position = positionOf(end);
  const found = position === undefined ? undefined : map.ends[direction][map.classOf[position] ?? -1];
  return (found?.isolatedBy.length ?? 0) > 0;
}

/** Workloads whose isolation changed, by the directions in which it did. */
function isolationChanges(
  lasting: readonly End[],
  { before, after }: Sides,
  name: NameEnds,
): readonly IsolationChange[] {
  const changed = (now: IsolationChange['now'], direction: Direction): ReadonlySet<End> =>
    new Set(
      lasting.filter((end) => {
        const [was, is] = [isClosed(before, end, direction), isClosed(after, end, direction)];
        return end.workloads.length > 0 && was !== is && is === (now === 'isolated');
      }),
    );
  return (['isolated', 'open'] as const).flatMap((now) => {
    const [ingress, egress] = [changed(now, 'Ingress'), changed(now, 'Egress')];
    const both = [...ingress].filter((end) => egress.has(end));
    const only = (ends: ReadonlySet<End>, others: ReadonlySet<End>) => [...ends].filter((end) => !others.has(end));
    return [
      { now, directions: DIRECTIONS, ends: both },
      { now, directions: ['Ingress'] as const, ends: only(ingress, egress) },
      { now, directions: ['Egress'] as const, ends: only(egress, ingress) },
    ]
      .filter(({ ends }) => ends.length > 0)
      .map(({ ends, ...change }) => ({ ...change, names: name(ends), workloads: ends.map((end) => end.name) }));
  });
}

function changeOf(
  kind: ReachChange['kind'],
  group: ConnectionGroup,
  because: readonly string[],
  name: NameEnds,
  isLasting: (end: End) => boolean,
): ReachChange {
  const { sources, destinations, ports } = group;
  const names = (ends: readonly End[]): readonly string[] => ends.map((end) => end.name).sort();
  const isOutside = (ends: readonly End[]): boolean => ends.some((end) => end.kind === 'addresses');
  const outside = isOutside(sources) ? 'source' : isOutside(destinations) ? 'destination' : undefined;
  return {
    kind,
    sources: name(sources),
    destinations: name(destinations),
    pairs: { sources: names(sources), destinations: names(destinations) },
    ports,
    allBut: shorterComplement(ports),
    because,
    isOfNewEnds: !(sources.every(isLasting) && destinations.every(isLasting)),
    outside,
  };
}

function pairOn(side: Side, source: End, destination: End): Pair | undefined {
  const [from, to] = [endpointOn(side, source), endpointOn(side, destination)];
  return from === undefined || to === undefined ? undefined : { index: side.map.index, source: from, destination: to };
}

function endpointOn({ map, positionOf }: Side, end: End): Endpoint | undefined {
  const position = positionOf(end);
  return position === undefined ? undefined : map.classes[map.classOf[position] ?? -1];
}
