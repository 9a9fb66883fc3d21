import type { PortTerm } from '../model/declaration.ts';
import { type PortRange, type PortSet, PROTOCOLS, type Protocol } from '../model/port.ts';
import type { Service, ServicePort } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { covers, portSet, union, unionAll } from '../policy/port-set.ts';
import type { Cluster } from './cluster.ts';

/** How a port term was understood on one workload. */
export type PortReading =
  | { readonly kind: 'declared' | 'undeclared' | 'translated'; readonly ports: PortSet }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  /** One number of several Services that lead to different ports: all of those. */
  | { readonly kind: 'ambiguous'; readonly ports: PortSet };

type KnownReading = Extract<PortReading, { readonly ports: PortSet }>;

/** The Services through which a workload's ports are read: the one that was named, else all in front of it. */
export interface Front {
  readonly workload: Workload;
  readonly services: readonly Service[];
  /** The Service that the item or the list is about. */
  readonly named: Service | undefined;
}

/** A workload with every Service in front of it; `named` is the one that was named. */
export function frontOf(
  workload: Workload,
  named: Service | undefined,
  { servicesOf }: Pick<Cluster, 'servicesOf'>,
): Front {
  return { workload, services: servicesOf.get(workload) ?? [], named };
}

/**
 * The ports of a workload when none are written: the target ports of its Services, else its container ports.
 * Empty where it declares none, or where its Services lead to none that it has.
 */
export function defaultPorts({ workload, services, named }: Front): PortSet {
  const fronts = named === undefined ? services : [named];
  // Where no port of theirs is found, what they mean is not known, and nobody asked for all ports of the containers.
  if (fronts.some(({ ports }) => ports.length > 0)) return portSet(allTargets(fronts, workload));
  return portSet(workload.ports.map(single));
}

/** The container ports that Services lead to. */
function allTargets(services: readonly Service[], workload: Workload): readonly PortRange[] {
  const targets: PortRange[] = [];
  for (const { ports } of services) for (const port of ports) addTargets(port, workload, targets);
  return targets;
}

/** Reads one port term on one workload. */
export function readPortTerm(term: PortTerm, front: Front): PortReading {
  switch (term.kind) {
    case 'all':
      return { kind: 'declared', ports: term.protocol === undefined ? 'all' : wholeProtocol(term.protocol) };
    case 'name':
      return readName(term.name, term.protocol, front);
    case 'range':
      return readNumbers(term, front);
  }
}

/** The ports of a term on addresses and on pods that are not in the input: as written, TCP where not said. */
export function writtenPorts(term: PortTerm): PortSet | undefined {
  if (term.kind === 'name') return undefined;
  if (term.kind === 'all') return term.protocol === undefined ? 'all' : wholeProtocol(term.protocol);
  return [{ protocol: term.protocol ?? 'TCP', port: term.port, endPort: term.endPort }];
}

/** The container ports that a Service's port leads to on one workload; none where it lacks the name. */
export function targetPorts(port: ServicePort, workload: Workload): PortRange[] {
  const targets: PortRange[] = [];
  addTargets(port, workload, targets);
  return targets;
}

function addTargets({ targetPort, protocol }: ServicePort, { ports }: Workload, into: PortRange[]): void {
  if (typeof targetPort === 'number') into.push({ protocol, port: targetPort, endPort: targetPort });
  else addNamed(ports, targetPort, protocol, into);
}

type NumberTerm = Extract<PortTerm, { kind: 'range' }>;

function readNumbers(term: NumberTerm, front: Front): PortReading {
  const { port, endPort } = term;
  const { ports } = front.workload;
  const declared = declaredProtocols(term, [...ports, ...allTargets(front.services, front.workload)]);
  const isOfContainer = declared.length > 0 && declaredProtocols(term, ports).length > 0;
  const translated = port === endPort && !isOfContainer ? translate(term, front) : undefined;
  if (declared.length === 0) {
    const written = { protocol: term.protocol ?? 'TCP', port, endPort };
    return translated ?? { kind: 'undeclared', ports: [written] };
  }
  const literal = declaredAs(term, declared);
  // No container says the number: it is where one Service leads, and another one's own.
  if (translated === undefined || covers(literal.ports, translated.ports)) return literal;
  return { kind: 'ambiguous', ports: union(literal.ports, translated.ports) };
}

function declaredAs({ port, endPort }: NumberTerm, protocols: readonly Protocol[]): KnownReading {
  return { kind: 'declared', ports: portSet(protocols.map((protocol) => ({ protocol, port, endPort }))) };
}

/** Protocols with which some ports have these numbers: the term's own, or all of them where it says none. */
function declaredProtocols(
  { port, endPort, protocol: asked }: NumberTerm,
  ports: readonly { readonly port: number; readonly protocol: Protocol }[],
): Protocol[] {
  const found: Protocol[] = [];
  for (const { port: number, protocol } of ports) {
    const isMeant = port <= number && number <= endPort && (asked === undefined || asked === protocol);
    if (isMeant && !found.includes(protocol)) found.push(protocol);
  }
  return found.length < 2 ? found : PROTOCOLS.filter((protocol) => found.includes(protocol));
}

/** A number that only a Service's `port` has stands for its target port. */
function translate(term: NumberTerm, { workload, services, named }: Front): KnownReading | undefined {
  const fronts = named === undefined ? services : [named];
  const entries = fronts.flatMap(({ ports }) =>
    ports.filter(({ port, protocol }) => port === term.port && (term.protocol ?? protocol) === protocol),
  );
  const targets = entries.map((entry) => portSet(targetPorts(entry, workload)));
  const numbers = new Set(targets.flat().map(({ port }) => port));
  if (numbers.size === 0) return undefined;
  return { kind: numbers.size > 1 ? 'ambiguous' : 'translated', ports: unionAll(targets) };
}

/** A name of a container port or of a Service port; the Service's own names come first where it was named. */
function readName(name: string, protocol: Protocol | undefined, front: Front): PortReading {
  const { workload, services, named } = front;
  const ofContainers = (): PortRange[] => rangesNamed(workload.ports, name, protocol);
  const ofServices = (): PortRange[] =>
    targetsNamed(name, protocol, named === undefined ? services : [named], workload);
  const first = named === undefined ? ofContainers() : ofServices();
  const found = first.length > 0 ? first : named === undefined ? ofServices() : ofContainers();
  return found.length === 0
    ? { kind: 'unknown', known: portNames(front) }
    : { kind: 'declared', ports: portSet(found) };
}

/** The container ports of a name, of all protocols where none is said. */
function rangesNamed(ports: Workload['ports'], name: string, protocol: Protocol | undefined): PortRange[] {
  const ranges: PortRange[] = [];
  addNamed(ports, name, protocol, ranges);
  return ranges;
}

function addNamed(
  ports: Workload['ports'],
  name: string | undefined,
  protocol: Protocol | undefined,
  into: PortRange[],
): void {
  for (const port of ports) {
    if (port.name === name && (protocol === undefined || port.protocol === protocol)) into.push(single(port));
  }
}

/** Where the Service ports of a name lead to. */
function targetsNamed(
  name: string,
  protocol: Protocol | undefined,
  services: readonly Service[],
  workload: Workload,
): PortRange[] {
  const ranges: PortRange[] = [];
  for (const { ports } of services) {
    for (const port of ports) if (port.name === name) ranges.push(...targetPorts(port, workload));
  }
  return protocol === undefined ? ranges : ranges.filter((range) => range.protocol === protocol);
}

/** Every name that a port of the workload may be called by. */
export function portNames({ workload, services }: Front): string[] {
  const names = [...workload.ports, ...services.flatMap(({ ports }) => ports)].map(({ name }) => name);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

function single({ protocol, port }: { readonly protocol: Protocol; readonly port: number }): PortRange {
  return { protocol, port, endPort: port };
}

function wholeProtocol(protocol: Protocol): PortSet {
  return [{ protocol, port: 1, endPort: 65535 }];
}
