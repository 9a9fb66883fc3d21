import type { PortTerm } from '../model/declaration.ts';
import { nearest } from '../model/nearest.ts';
import type { PortSet } from '../model/port.ts';
import type { Place, Report } from '../model/problem.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { isEmpty, union, unionAll } from '../policy/port-set.ts';
import type { Cluster } from './cluster.ts';
import { isProxyPort } from './meshes.ts';
import { nameOf } from './subject.ts';
import { defaultPorts, type Front, type PortReading, portNames, readPortTerm, writtenPorts } from './target-ports.ts';

/** Where the ports of an item are read, and how problems show it. */
export interface PortContext {
  readonly cluster: Cluster;
  /** The item as written. */
  readonly text: string;
  readonly place: Place;
  readonly report: Report;
}

/** Ports on a set of pods: the same for all, and more on some. */
export interface SetPorts {
  readonly uniform: PortSet;
  readonly perWorkload: ReadonlyMap<Workload, PortSet>;
  /** Names that no pod of the set has. */
  readonly unknown: readonly string[];
}

/**
 * The ports of one object's workloads: those written, else those that the object declares. Ports differ from workload
 * to workload, so each is read on its own. Reports what nobody declares; a workload without any is left out.
 */
export function objectPorts(
  workloads: readonly Workload[],
  service: Service | undefined,
  terms: readonly PortTerm[] | undefined,
  context: PortContext,
): Map<Workload, PortSet> {
  return readFronts(
    workloads.map((workload) => frontOf(workload, service, context)),
    terms,
    context,
  );
}

/** The same for workloads whose Services are known. */
export function readFronts(
  fronts: readonly Front[],
  terms: readonly PortTerm[] | undefined,
  context: PortContext,
): Map<Workload, PortSet> {
  if (terms === undefined) return declaredPorts(fronts, context);
  const ports = new Map<Workload, PortSet>();
  for (const term of terms) {
    const readings = fronts.map((front) => readOn(term, front, context));
    if (!reportReadings(term, readings, fronts, context)) continue;
    const shared = unionAll(readings.flatMap((reading) => (reading.kind === 'declared' ? [reading.ports] : [])));
    fronts.forEach(({ workload }, index) => {
      const read = portsOfReading(readings[index], shared);
      if (!isEmpty(read)) ports.set(workload, union(ports.get(workload) ?? [], read));
    });
  }
  return ports;
}

/** The ports of a set of pods, some of which may not be in the input; `all` where none are written. */
export function setPorts(
  members: readonly Workload[],
  terms: readonly PortTerm[] | undefined,
  isBroad: boolean,
  context: PortContext,
): SetPorts {
  if (terms === undefined) return { uniform: 'all', perWorkload: new Map(), unknown: [] };
  const fronts = members.map((workload) => frontOf(workload, undefined, context));
  const uniform: PortSet[] = [];
  const unknown: string[] = [];
  const perWorkload = new Map<Workload, PortSet>();
  const add = (workload: Workload, ports: PortSet): void => {
    perWorkload.set(workload, union(perWorkload.get(workload) ?? [], ports));
  };
  for (const term of terms) {
    const readings = fronts.map((front) => readOn(term, front, context));
    const kinds = new Set(readings.map(({ kind }) => kind));
    if (term.kind === 'name') {
      if (!kinds.has('declared')) unknown.push(term.name);
      forEachReading(fronts, readings, 'declared', add);
      continue;
    }
    if (!isBroad && !reportMixed(term, readings, fronts, context)) continue;
    const declared = unionAll(readings.flatMap((reading) => (reading.kind === 'declared' ? [reading.ports] : [])));
    uniform.push(isEmpty(declared) ? (writtenPorts(term) ?? []) : declared);
    if (kinds.has('translated')) reportTranslated(term, readings, fronts, context);
    forEachReading(fronts, readings, 'translated', add);
    // Only a broad set comes here with several: the number of any Service that one of its pods is behind.
    forEachReading(fronts, readings, 'ambiguous', add);
    if (kinds.size === 1 && kinds.has('undeclared')) reportUndeclared(term, context, 'any of these pods');
  }
  return { uniform: unionAll(uniform), perWorkload, unknown };
}

/** The ports of addresses: as written; names mean nothing there. */
export function outsidePorts(terms: readonly PortTerm[] | undefined, context: PortContext): PortSet {
  if (terms === undefined) return 'all';
  return unionAll(
    terms.map((term) => {
      const ports = writtenPorts(term);
      if (ports === undefined) {
        const message = `must have a port number, since addresses have no port names, got "${context.text}"`;
        context.report({ ...context.place, code: 'unknown-port', severity: 'error', message, got: context.text });
      }
      return ports ?? [];
    }),
  );
}

/** Reports names that no pod of a set has. */
export function reportUnknownNames(names: readonly string[], members: readonly Workload[], context: PortContext): void {
  const known = new Set(members.flatMap((workload) => portNames(frontOf(workload, undefined, context))));
  for (const name of names) reportUnknownPort(name, known, 'no pod of it in these resources has one', context);
}

/** A port term on one workload. The port of a mesh's proxy is listened to, though no container declares it. */
function readOn(term: PortTerm, front: Front, { cluster }: PortContext): PortReading {
  const reading = readPortTerm(term, front);
  const isProxy =
    reading.kind === 'undeclared' && term.kind === 'range' && isProxyPort(term.port, front.workload, cluster);
  return isProxy ? { kind: 'declared', ports: reading.ports } : reading;
}

function frontOf(workload: Workload, named: Service | undefined, { cluster }: PortContext): Front {
  return { workload, services: cluster.servicesOf.get(workload) ?? [], named };
}

function declaredPorts(fronts: readonly Front[], context: PortContext): Map<Workload, PortSet> {
  const ports = new Map<Workload, PortSet>();
  for (const front of fronts) {
    const declared = defaultPorts(front);
    if (!isEmpty(declared)) ports.set(front.workload, declared);
  }
  if (ports.size === 0 && fronts.length > 0) {
    const message = `must say a port, as in "${context.text}:8080": ${whyNone(fronts)}`;
    context.report({ ...context.place, code: 'no-ports', severity: 'error', message, got: context.text });
  }
  return ports;
}

function whyNone(fronts: readonly Front[]): string {
  const named = fronts[0]?.named;
  const targets = (named?.ports ?? []).map(({ targetPort }) => `"${targetPort}"`);
  const pods = fronts.map(({ workload }) => nameOf(workload.resource)).join(', ');
  if (named === undefined) return `${pods} declares none, neither in a Service nor in containerPorts`;
  if (targets.length === 0) return `neither ${nameOf(named.resource)} nor ${pods} declares one`;
  const isHere = fronts.some(({ workload }) => workload.origin !== 'service');
  const why = isHere ? `which no container of ${pods} has` : 'and no pods of these resources say its number';
  return `${nameOf(named.resource)} leads to the port ${[...new Set(targets)].join(' and ')}, ${why}`;
}

function portsOfReading(reading: PortReading | undefined, shared: PortSet): PortSet {
  if (reading === undefined || reading.kind === 'unknown' || reading.kind === 'ambiguous') return [];
  // What one workload of the item declares is not a stray number on the others: it keeps the protocols.
  return reading.kind === 'undeclared' && !isEmpty(shared) ? shared : reading.ports;
}

/** Reports what a term is not; false where it cannot be used. */
function reportReadings(
  term: PortTerm,
  readings: readonly PortReading[],
  fronts: readonly Front[],
  context: PortContext,
): boolean {
  const kinds = new Set(readings.map(({ kind }) => kind));
  if (term.kind === 'name' && !kinds.has('declared')) {
    const known = new Set(readings.flatMap((reading) => (reading.kind === 'unknown' ? reading.known : [])));
    reportUnknownPort(term.name, known, 'it has no port of that name', context);
    return false;
  }
  if (!reportMixed(term, readings, fronts, context)) return false;
  if (kinds.has('translated')) reportTranslated(term, readings, fronts, context);
  else if (kinds.has('undeclared') && !kinds.has('declared')) {
    reportUndeclared(term, context, fronts.map(({ workload }) => nameOf(workload.resource)).join(', '));
  }
  return true;
}

/** A number that means a container port here and a Service's port there cannot be read; false after the report. */
function reportMixed(
  term: PortTerm,
  readings: readonly PortReading[],
  fronts: readonly Front[],
  context: PortContext,
): boolean {
  if (term.kind !== 'range') return true;
  const ambiguous = readings.find((reading) => reading.kind === 'ambiguous');
  const declared = readings.findIndex(({ kind }) => kind === 'declared');
  const translated = readings.findIndex(({ kind }) => kind === 'translated');
  if (ambiguous === undefined && (declared < 0 || translated < 0)) return true;
  const at = (index: number): string => {
    const front = fronts[index];
    return front === undefined ? '' : nameOf(front.workload.resource);
  };
  const message =
    ambiguous === undefined
      ? `must mean one kind of port, got "${context.text}": ${term.port} is a container port of ${at(declared)}, ` +
        `but only a Service's port of ${at(translated)}: name them one by one, with the ports of their containers`
      : `must mean one port, got "${context.text}": Services lead ${term.port} to ${numbersOf(ambiguous.ports)}: ` +
        'write the port of the container';
  context.report({ ...context.place, code: 'ambiguous-port', severity: 'error', message, got: context.text });
  return false;
}

/** `8080 and 9090`. */
function numbersOf(ports: PortSet): string {
  const ranges = ports === 'all' ? [] : ports;
  const numbers = ranges.flatMap(({ port, endPort }) =>
    Array.from({ length: endPort - port + 1 }, (_, at) => port + at),
  );
  return numbers.join(' and ');
}

function reportTranslated(
  term: PortTerm,
  readings: readonly PortReading[],
  fronts: readonly Front[],
  context: PortContext,
): void {
  readings.forEach((reading, index) => {
    const front = fronts[index];
    if (reading.kind !== 'translated' || front === undefined || reading.ports === 'all' || term.kind !== 'range')
      return;
    const to = numbersOf(reading.ports);
    const message =
      `reads ${term.port} of "${context.text}" as the container port ${to} of ${nameOf(front.workload.resource)}, ` +
      "since it is the port of a Service only and policies see the pods' own ports";
    context.report({ ...context.place, code: 'translated-port', severity: 'info', message, got: context.text });
  });
}

function reportUndeclared(term: PortTerm, context: PortContext, where: string): void {
  if (term.kind !== 'range') return;
  const port = term.port === term.endPort ? `${term.port}` : `${term.port}-${term.endPort}`;
  const message = `uses port ${port} of "${context.text}" as written, though it is not a port of ${where}`;
  context.report({ ...context.place, code: 'undeclared-port', severity: 'warning', message, got: context.text });
}

function reportUnknownPort(name: string, known: ReadonlySet<string>, why: string, context: PortContext): void {
  const want = nearest(name, known);
  const hint = want === undefined ? '' : ` (did you mean "${want}"?)`;
  const names =
    known.size === 0 || want !== undefined
      ? ''
      : `; it has ${[...known]
          .sort()
          .map((port) => `"${port}"`)
          .join(', ')}`;
  const message = `must name a port, got "${name}" in "${context.text}": ${why}${names}${hint}`;
  context.report({
    ...context.place,
    code: 'unknown-port',
    severity: 'error',
    message,
    got: name,
    ...(want === undefined ? {} : { want }),
  });
}

function forEachReading(
  fronts: readonly Front[],
  readings: readonly PortReading[],
  kind: 'declared' | 'translated' | 'ambiguous',
  add: (workload: Workload, ports: PortSet) => void,
): void {
  fronts.forEach(({ workload }, index) => {
    const reading = readings[index];
    if (reading !== undefined && reading.kind === kind) add(workload, reading.ports);
  });
}
