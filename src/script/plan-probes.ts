import type { End } from '../model/end.ts';
import type { PortRange, PortSet } from '../model/port.ts';
import type { LeftOut, Probe, ProbeClient, ProbePlan, ProbeTarget } from '../model/probe.ts';
import type { Observed } from '../observe.ts';
import { hasPort } from '../policy/port-set.ts';
import type { Asked } from '../reach/connection-table.ts';
import { rowsOfMap } from '../reach/reach-rows.ts';
import { canTry, NO_ANSWER, portsToTry } from './points.ts';
import { clientOf, ofKinds, targetOf, type Unfit } from './probe-ends.ts';
import { sampleCells } from './sample-cells.ts';

/** A port of a target, and who is let in there. */
interface Point {
  readonly target: ProbeTarget;
  readonly end: End;
  readonly range: PortRange;
  /** By client. */
  readonly isOpen: readonly boolean[];
}

interface Client {
  readonly client: ProbeClient;
  readonly end: End;
}

/** What a plan may hold. */
export interface Wanted {
  readonly asked: readonly Asked[];
  readonly limit: number;
  /** Only ends of these kinds of objects; undefined: any, and pods of no object. */
  readonly kinds: readonly string[] | undefined;
}

/**
 * Chooses what to try: one client and one target of each class that policies cannot tell apart, each kind of connection
 * between them once, allowed and denied alike, and every port and every client at least once; at most `limit` of them.
 */
export function planProbes(observed: Observed, { asked, limit, kinds }: Wanted): ProbePlan {
  const { ends } = observed;
  const classOf = new Map(ends.map((end, position) => [end, observed.map.classOf[position] ?? -1]));
  const found = new Map<string, LeftOut>();
  const leave = (end: End, { why }: Unfit): void => void found.set(`${end.name} ${why}`, { what: end.name, why });
  const clients = firstOfClass(ends, ofKinds(kinds, knownClientOf), leave, (end) =>
    keyOf(end, asked, 'source', classOf),
  ).map(({ end, fit }) => ({ end, client: fit }));
  const targets = firstOfClass(ends, ofKinds(kinds, targetOf), leave, (end) => {
    const key = end.kind === 'others' ? undefined : keyOf(end, asked, 'destination', classOf);
    return key && `${key} ${JSON.stringify(portsToTry(end, [], observed))}`;
  });
  const points = pointsOf(observed, clients, targets, classOf).filter(({ target, range }) => {
    const what = `${target.name}:${range.port}/${range.protocol.toLowerCase()}`;
    if (!canTry(range)) found.set(what, { what, why: NO_ANSWER });
    return canTry(range);
  });
  const { chosen, more } = sampleCells(
    clients.length,
    points.map(({ isOpen }) => isOpen),
    limit,
    (client, point) => isAsked(clients[client]?.end, points[point]?.end, asked),
  );
  const probes = chosen.flatMap(({ client, point, isOpen }) => probeOf(clients[client], points[point], isOpen));
  const over: LeftOut[] = more === 0 ? [] : [{ what: `${more} more`, why: `above --limit ${limit}` }];
  return {
    probes,
    leftOut: [...found.values(), ...over],
  };
}

type Positions = ReadonlyMap<End, number>;

/** The class of an end, and which of the questions it is part of; undefined: of none. */
function keyOf(end: End, asked: readonly Asked[], side: keyof Asked, classOf: Positions): string | undefined {
  const parts = asked.map((one) => (one[side](end) ? '1' : '0')).join('');
  return parts.includes('1') ? `${classOf.get(end) ?? -1} ${parts}` : undefined;
}

function firstOfClass<Fit extends object>(
  ends: readonly End[],
  fitOf: (end: End) => Fit | Unfit,
  leave: (end: End, unfit: Unfit) => void,
  key: (end: End) => string | undefined,
): readonly { readonly end: End; readonly fit: Fit }[] {
  const first = new Map<string, { end: End; fit: Fit }>();
  for (const end of ends) {
    if (IS_SILENT.has(end.kind) || (end.kind === 'others' && end.namespace === undefined)) continue;
    const at = key(end);
    if (at === undefined || first.has(at)) continue;
    const fit = fitOf(end);
    if ('why' in fit) leave(end, fit);
    else first.set(at, { end, fit });
  }
  return [...first.values()];
}

/** What the labels of absent pods are is known from policies alone. */
function knownClientOf(end: End): ProbeClient | Unfit {
  return end.kind === 'absent' ? { why: 'not in the input: as clients they would be guesses' } : clientOf(end);
}

/** The outside is left out as a whole, and said once. */
const IS_SILENT: ReadonlySet<End['kind']> = new Set(['addresses', 'named']);

function pointsOf(
  observed: Observed,
  clients: readonly Client[],
  targets: readonly { readonly end: End; readonly fit: ProbeTarget }[],
  classOf: Positions,
): readonly Point[] {
  const rows = rowsOfMap(observed.map);
  const open = targets.map((): PortSet[] => []);
  for (const { end } of clients) {
    const row = rows.readRow(classOf.get(end) ?? -1);
    for (const [at, target] of targets.entries()) {
      open[at]?.push(rows.ports.setOf(row[classOf.get(target.end) ?? -1] ?? 0));
    }
  }
  return targets.flatMap(({ end, fit: target }, at) => {
    const sets = open[at] ?? [];
    const ranges = new Map(portsToTry(end, sets, observed).map((range) => [`${range.protocol} ${range.port}`, range]));
    return [...ranges.values()].map((range) => ({
      target,
      end,
      range,
      isOpen: sets.map((set) => hasPort(set, range.protocol, range.port)),
    }));
  });
}

function isAsked(source: End | undefined, destination: End | undefined, asked: readonly Asked[]): boolean {
  if (source === undefined || destination === undefined) return false;
  return asked.some((one) => one.source(source) && one.destination(destination));
}

function probeOf(client: Client | undefined, point: Point | undefined, isOpen: boolean): readonly Probe[] {
  if (client === undefined || point === undefined) return [];
  const { protocol, port } = point.range;
  return [{ client: client.client, target: point.target, protocol, port, wants: isOpen ? 'allowed' : 'denied' }];
}
