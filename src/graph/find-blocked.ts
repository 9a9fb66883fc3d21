import { advise } from '../explain/advise.ts';
import type { Side } from '../explain/side.ts';
import { connectVoice } from '../infer/connect.ts';
import { noConnections, type Spoken } from '../infer/connections.ts';
import { decideIsolation } from '../infer/isolation.ts';
import { namesIn } from '../infer/names-in.ts';
import { findRefusals } from '../infer/refusals.ts';
import { nameOf, type Subject } from '../infer/subject.ts';
import { gatherVoices, type Voices } from '../infer/voice.ts';
import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { PortSet } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';
import type { Observed } from '../observe.ts';
import { covers, intersect, isEmpty, subtract, union } from '../policy/port-set.ts';
import { allowedPortsAtEnd } from '../reach/connections.ts';

/** A pair that something declares and that policies do not let through. */
export interface Blocked {
  readonly from: End;
  readonly to: End;
  readonly ports: PortSet;
  readonly closed: readonly Direction[];
  readonly because: readonly string[];
  readonly advice: readonly string[];
}

/**
 * The asks and grants that name one object and whose connection does not pass. Names of a base may be gone from a
 * finished build: of an item whose object is not found nothing is said.
 */
export function findBlocked(observed: Observed): readonly Blocked[] {
  const { ends } = observed;
  const endOf = new Map(ends.flatMap((end) => end.workloads.map((workload) => [workload, end] as const)));
  const { voices, asks, grants } = readDeclarations(observed);
  const found = new Map<string, { from: End; to: End; ports: PortSet; because: Set<string> }>();
  const judge = (spoken: Spoken, sources: readonly Workload[], listeners: ReadonlyMap<Workload, PortSet>): void => {
    for (const [target, wanted] of listeners) {
      for (const source of sources) {
        const [from, to] = [endOf.get(source), endOf.get(target)];
        if (from === undefined || to === undefined || from === to) continue;
        const ports = closedPorts(observed, from, to, spoken, wanted);
        if (isEmpty(ports)) continue;
        const key = JSON.stringify([from.name, to.name]);
        const known = found.get(key) ?? { from, to, ports: [], because: new Set<string>() };
        known.because.add(originOf(spoken));
        found.set(key, { ...known, ports: union(known.ports, ports) });
      }
    }
  };
  for (const ask of asks) judge(ask, podsOf(ask.subject, observed), ask.ports);
  for (const grant of grants) judge(grant, grant.peer.workloads, grant.ports);
  return [...found.values()].map(({ because, ...pair }) => ({
    ...pair,
    because: [...because].sort(),
    ...adviceFor(observed, voices, pair),
  }));
}

function readDeclarations({ cluster, said }: Observed): {
  readonly voices: Voices;
  readonly asks: readonly Spoken[];
  readonly grants: readonly Spoken[];
} {
  const voices = gatherVoices(cluster, said, ignore);
  const names = namesIn(cluster);
  const isolation = decideIsolation(cluster, voices, ignore);
  const connections = noConnections();
  const scene = { names, voices, isolation, refusals: findRefusals(voices.voices), connections, report: ignore };
  for (const voice of voices.voices) connectVoice(voice, scene);
  return { voices, asks: connections.asks, grants: connections.grants };
}

function ignore(): void {}

function podsOf(subject: Subject, { cluster }: Observed): readonly Workload[] {
  return subject.kind === 'namespace' ? (cluster.workloadsIn.get(subject.namespace) ?? []) : subject.workloads;
}

/** Ports that are written must all be open; where none are, one of those that are meant will do. */
function closedPorts(observed: Observed, from: End, to: End, { portsWritten }: Spoken, wanted: PortSet): PortSet {
  const open = DIRECTIONS.reduce<PortSet>((left, way) => intersect(left, openAt(observed, way, from, to)), wanted);
  if (covers(open, wanted) || (!portsWritten && !isEmpty(open))) return [];
  return isEmpty(open) ? wanted : subtract(wanted, open);
}

function openAt({ map }: Observed, direction: Direction, from: End, to: End): PortSet {
  return allowedPortsAtEnd(map.index, direction, from.endpoint, to.endpoint);
}

function originOf({ list, item }: Spoken): string {
  return `${nameOf(list.subject)} ${list.origin}: ${item.text}`;
}

function adviceFor(
  observed: Observed,
  voices: Voices,
  { from, to, ports }: Pick<Blocked, 'from' | 'to' | 'ports'>,
): Pick<Blocked, 'closed' | 'advice'> {
  const closed = DIRECTIONS.toReversed().filter((way) => !covers(openAt(observed, way, from, to), ports));
  const pair = { observed, voices, source: sideOf(from), destination: sideOf(to), from, to, asked: ports, closed };
  return { closed, advice: closed.map((direction) => advise(direction, pair)) };
}

function sideOf(end: End): Side {
  const object = end.workloads[0]?.resource;
  return { name: end.name, ends: [end], object, service: undefined, ports: undefined, item: end.name };
}
