import { readPortTerm, targetPorts } from '../infer/target-ports.ts';
import type { Caller } from '../model/caller.ts';
import type { PortSet } from '../model/port.ts';
import type { ServicePort } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { portSet } from '../policy/port-set.ts';
import type { PodsEnd } from './revealed.ts';

export type WantedPorts = ReadonlyMap<Workload, PortSet>;

/** Every port that the pods declare. */
export const EVERY_DECLARED: WantedPorts = new Map();

/** The pods' ports behind some ports of a Service. */
export function portsBehind(entries: readonly ServicePort[], workloads: readonly Workload[]): WantedPorts {
  return new Map(
    workloads.map((workload) => [workload, portSet(entries.flatMap((entry) => targetPorts(entry, workload)))]),
  );
}

/** The same number on each workload. */
export function portOnEach(port: number, workloads: readonly Workload[]): WantedPorts {
  return new Map(workloads.map((workload) => [workload, [{ protocol: 'TCP', port, endPort: port }]]));
}

/** The ports that a caller names; every declared one where it names none; undefined where none of them is there. */
export function portsOfCaller(named: Caller['ports'], { service, workloads }: PodsEnd): WantedPorts | undefined {
  const entries = named
    .filter(({ of }) => of === 'service')
    .flatMap(({ port }) => service?.ports.filter((entry) => entry.port === port || entry.name === port) ?? []);
  const ofPods = named.filter(({ of }) => of === 'pods').map(({ port }) => port);
  if (named.length === 0) return EVERY_DECLARED;
  const behind = portsBehind(entries, workloads);
  const wanted = new Map(
    workloads.map((workload) => [
      workload,
      portSet([...ranges(behind.get(workload)), ...ofPods.flatMap((port) => ranges(podPort(port, workload)))]),
    ]),
  );
  // A name that the Service has and no pods of the input is meant all the same.
  const isThere = entries.length > 0 || [...wanted.values()].some((set) => set.length > 0);
  return isThere ? wanted : undefined;
}

function podPort(port: number | string, workload: Workload): PortSet {
  const front = { workload, services: [], named: undefined };
  const isNumber = typeof port === 'number' || /^[0-9]+$/.test(port);
  const term = isNumber
    ? { kind: 'range' as const, port: Number(port), endPort: Number(port), protocol: undefined }
    : { kind: 'name' as const, name: port, protocol: undefined };
  const reading = readPortTerm(term, front);
  return reading.kind === 'unknown' ? [] : reading.ports;
}

function ranges(ports: PortSet | undefined): Exclude<PortSet, 'all'> {
  return ports === undefined || ports === 'all' ? [] : ports;
}
