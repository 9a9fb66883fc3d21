import type { PortTerm } from '../model/declaration.ts';
import { nearest } from '../model/nearest.ts';
import type { PortSet } from '../model/port.ts';
import type { Place, Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';
import { nameOf } from './subject.ts';
import { type Front, frontOf, type PortReading, portNames } from './target-ports.ts';

/** Where the ports of an item are read, and how problems show it. */
export interface PortContext {
  readonly cluster: Cluster;
  /** The item as written. */
  readonly text: string;
  readonly place: Place;
  readonly report: Report;
}

/** How a term was read on one workload. */
export interface ReadOn {
  readonly front: Front;
  readonly reading: PortReading;
}

/** Reports what a term is not; false where it cannot be used. */
export function reportReadings(term: PortTerm, read: readonly ReadOn[], context: PortContext): boolean {
  const kinds = new Set(read.map(({ reading }) => reading.kind));
  if (term.kind === 'name' && !kinds.has('declared')) {
    const known = new Set(read.flatMap(({ reading }) => (reading.kind === 'unknown' ? reading.known : [])));
    reportUnknownPort(term.name, known, 'it has no port of that name', context);
    return false;
  }
  if (!reportMixed(term, read, context)) return false;
  if (kinds.has('translated')) reportTranslated(term, read, context);
  else if (kinds.has('undeclared') && !kinds.has('declared')) {
    reportUndeclared(term, context, read.map(({ front }) => nameOf(front.workload.resource)).join(', '));
  }
  return true;
}

/** A number that means a container port here and a Service's port there cannot be read; false after the report. */
export function reportMixed(term: PortTerm, read: readonly ReadOn[], context: PortContext): boolean {
  const message = term.kind === 'range' ? whyMixed(term.port, read, context.text) : undefined;
  if (message === undefined) return true;
  context.report({ ...context.place, code: 'ambiguous-port', severity: 'error', message, got: context.text });
  return false;
}

function whyMixed(port: number, read: readonly ReadOn[], text: string): string | undefined {
  const on = (kind: PortReading['kind']): ReadOn | undefined => read.find(({ reading }) => reading.kind === kind);
  const [ambiguous, declared, translated] = [on('ambiguous'), on('declared'), on('translated')];
  if (ambiguous?.reading.kind === 'ambiguous') {
    const leads = numbersOf(ambiguous.reading.ports);
    return `must mean one port, got "${text}": Services lead ${port} to ${leads}: write the port of the container`;
  }
  if (declared === undefined || translated === undefined) return undefined;
  return (
    `must mean one kind of port, got "${text}": ${port} is a container port of ${nameOf(declared.front.workload.resource)}, ` +
    `but only a Service's port of ${nameOf(translated.front.workload.resource)}: name them one by one, with the ports of their containers`
  );
}

/** `8080 and 9090`. */
function numbersOf(ports: PortSet): string {
  const ranges = ports === 'all' ? [] : ports;
  const numbers = ranges.flatMap(({ port, endPort }) =>
    Array.from({ length: endPort - port + 1 }, (_, at) => port + at),
  );
  return numbers.join(' and ');
}

/** Says which container port a Service's port was read as. */
export function reportTranslated(term: PortTerm, read: readonly ReadOn[], context: PortContext): void {
  for (const { front, reading } of read) {
    if (reading.kind !== 'translated' || term.kind !== 'range') continue;
    const to = numbersOf(reading.ports);
    const message =
      `reads ${term.port} of "${context.text}" as the container port ${to} of ${nameOf(front.workload.resource)}, ` +
      "since it is the port of a Service only and policies see the pods' own ports";
    context.report({ ...context.place, code: 'translated-port', severity: 'info', message, got: context.text });
  }
}

/** Warns of a number that is used although nobody declares it. */
export function reportUndeclared(term: PortTerm, context: PortContext, where: string): void {
  if (term.kind !== 'range') return;
  const port = term.port === term.endPort ? `${term.port}` : `${term.port}-${term.endPort}`;
  const message = `uses port ${port} of "${context.text}" as written, though it is not a port of ${where}`;
  context.report({ ...context.place, code: 'undeclared-port', severity: 'warning', message, got: context.text });
}

/** Reports ports beside a Service that the dialect follows to its endpoints, whatever their ports are. */
export function reportFollowedPorts(context: PortContext): void {
  const message =
    `must not say ports of a Service that the policy follows to the ports of its endpoints, got "${context.text}": ` +
    'leave them out here; for the addresses in other dialects, write them into "ports" of the peer';
  context.report({ ...context.place, code: 'followed-ports', severity: 'error', message, got: context.text });
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

/** Reports names that no pod of a set has. */
export function reportUnknownNames(names: readonly string[], members: readonly Workload[], context: PortContext): void {
  const known = new Set(members.flatMap((workload) => portNames(frontOf(workload, undefined, context.cluster))));
  for (const name of names) reportUnknownPort(name, known, 'no pod of it in these resources has one', context);
}

/** Reports that nothing says a port, and why. */
export function reportNoPorts(fronts: readonly Front[], context: PortContext): void {
  const message = `must say a port, as in "${context.text}:8080": ${whyNone(fronts)}`;
  context.report({ ...context.place, code: 'no-ports', severity: 'error', message, got: context.text });
}

function whyNone(fronts: readonly Front[]): string {
  const named = fronts[0]?.named;
  const services = named === undefined ? [...new Set(fronts.flatMap((front) => front.services))] : [named];
  const targets = services.flatMap(({ ports }) => ports.map(({ targetPort }) => `"${targetPort}"`));
  const pods = fronts.map(({ workload }) => nameOf(workload.resource)).join(', ');
  if (targets.length === 0 && named === undefined)
    return `${pods} declares none, neither in a Service nor in containerPorts`;
  const called = services.map(({ resource }) => nameOf(resource)).join(' and ');
  if (targets.length === 0) return `neither ${called} nor ${pods} declares one`;
  const isHere = fronts.some(({ workload }) => workload.origin !== 'service');
  const why = isHere ? `which no container of ${pods} has` : 'and no pods of these resources say its number';
  return `${called} ${services.length > 1 ? 'lead' : 'leads'} to the port ${[...new Set(targets)].join(' and ')}, ${why}`;
}
