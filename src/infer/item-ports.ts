import type { PortTerm } from '../model/declaration.ts';
import type { PortSet } from '../model/port.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { isEmpty, union, unionAll } from '../policy/port-set.ts';
import { isProxyPort } from './meshes.ts';
import {
  type PortContext,
  type ReadOn,
  reportMixed,
  reportNoPorts,
  reportReadings,
  reportTranslated,
  reportUndeclared,
} from './port-problems.ts';
import { defaultPorts, type Front, frontOf, type PortReading, readPortTerm, writtenPorts } from './target-ports.ts';

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
    workloads.map((workload) => frontOf(workload, service, context.cluster)),
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
    const read = fronts.map((front) => readOn(term, front, context));
    if (!isAllDeclared(read) && !reportReadings(term, read, context)) continue;
    const shared = declaredBySome(read);
    for (const { front, reading } of read) {
      const open = portsOfReading(reading, shared);
      if (!isEmpty(open)) ports.set(front.workload, union(ports.get(front.workload) ?? [], open));
    }
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
  const fronts = members.map((workload) => frontOf(workload, undefined, context.cluster));
  const uniform: PortSet[] = [];
  const unknown: string[] = [];
  const perWorkload = new Map<Workload, PortSet>();
  const add = (workload: Workload, ports: PortSet): void => {
    perWorkload.set(workload, union(perWorkload.get(workload) ?? [], ports));
  };
  for (const term of terms) {
    const read = fronts.map((front) => readOn(term, front, context));
    const kinds = new Set(read.map(({ reading }) => reading.kind));
    if (term.kind === 'name') {
      if (!kinds.has('declared')) unknown.push(term.name);
      forEachRead(read, 'declared', add);
      continue;
    }
    if (!isBroad && !reportMixed(term, read, context)) continue;
    const declared = declaredBySome(read);
    uniform.push(isEmpty(declared) ? (writtenPorts(term) ?? []) : declared);
    reportTranslated(term, read, context);
    forEachRead(read, 'translated', add);
    // Only a broad set comes here with several: the number of any Service that one of its pods is behind.
    forEachRead(read, 'ambiguous', add);
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

/** A port term on one workload. The port of a mesh's proxy is listened to, though no container declares it. */
function readOn(term: PortTerm, front: Front, { cluster }: PortContext): ReadOn {
  const reading = readPortTerm(term, front);
  const isProxy =
    reading.kind === 'undeclared' && term.kind === 'range' && isProxyPort(term.port, front.workload, cluster);
  return { front, reading: isProxy ? { kind: 'declared', ports: reading.ports } : reading };
}

function isAllDeclared(read: readonly ReadOn[]): boolean {
  return read.length > 0 && read.every(({ reading }) => reading.kind === 'declared');
}

function declaredBySome(read: readonly ReadOn[]): PortSet {
  const only = read[0];
  if (read.length === 1 && only !== undefined) return only.reading.kind === 'declared' ? only.reading.ports : [];
  return unionAll(read.flatMap(({ reading }) => (reading.kind === 'declared' ? [reading.ports] : [])));
}

function declaredPorts(fronts: readonly Front[], context: PortContext): Map<Workload, PortSet> {
  const ports = new Map<Workload, PortSet>();
  for (const front of fronts) {
    const declared = defaultPorts(front);
    if (!isEmpty(declared)) ports.set(front.workload, declared);
  }
  if (ports.size === 0 && fronts.length > 0) reportNoPorts(fronts, context);
  return ports;
}

function portsOfReading(reading: PortReading, shared: PortSet): PortSet {
  if (reading.kind === 'unknown' || reading.kind === 'ambiguous') return [];
  // What one workload of the item declares is not a stray number on the others: it keeps the protocols.
  return reading.kind === 'undeclared' && !isEmpty(shared) ? shared : reading.ports;
}

function forEachRead(
  read: readonly ReadOn[],
  kind: 'declared' | 'translated' | 'ambiguous',
  add: (workload: Workload, ports: PortSet) => void,
): void {
  for (const { front, reading } of read) if (reading.kind === kind) add(front.workload, reading.ports);
}
