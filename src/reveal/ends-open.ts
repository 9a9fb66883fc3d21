import { endpointOf } from '../infer/endpoint.ts';
import { nameOf } from '../infer/subject.ts';
import type { Endpoint } from '../model/flow.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';
import { covers, isEmpty, union } from '../policy/port-set.ts';
import type { Connection } from './gather.ts';
import type { Kit } from './kit.ts';
import { type Probe, probesOf } from './probe.ts';

/** Ports of workloads that a planned item opens to everybody, so that no further one is needed. */
export type OpenToAll = Map<Workload, PortSet>;

/** Whether every pod of the source may leave for the target; also where nothing closes it, and where it is no pod. */
export function leaves(connection: Connection, kit: Kit): boolean {
  const { source } = connection;
  if (source.kind === 'outsider') return true;
  return source.workloads.every((workload) => {
    if (!kit.inference.isolation.closed(workload, 'Egress')) return true;
    const from = endpointOf(kit.inference.cluster, workload);
    return targetsOf(connection, source.namespace, kit).every(({ endpoint, ports }) =>
      covers(kit.allowedAtEnd('Egress', from, endpoint), ports),
    );
  });
}

/** The workloads of the target that do not let the source in. */
export function closedTargets(connection: Connection, kit: Kit, openToAll: OpenToAll): readonly Workload[] {
  const { target } = connection;
  if (target.kind === 'outsider') return [];
  return target.workloads.filter((workload) => {
    if (!kit.inference.isolation.closed(workload, 'Ingress')) return false;
    const to = endpointOf(kit.inference.cluster, workload);
    const wanted = wantedOf(connection, workload);
    const sources = sourcesOf(connection, workload.namespace, kit);
    return !sources.every((from) =>
      covers(union(kit.allowedAtEnd('Ingress', from, to), openToAll.get(workload) ?? []), wanted),
    );
  });
}

/** Which words keep a connection: hand-written policies by name, else the annotations that are there. */
export function keepersOf(connection: Connection, kit: Kit): string {
  const { source, target } = connection;
  const { cluster } = kit.inference;
  const policies: NetworkPolicy[] = [];
  if (source.kind === 'pods') {
    for (const { endpoint } of targetsOf(connection, source.namespace, kit))
      for (const workload of source.workloads)
        policies.push(...kit.allowing('Egress', endpointOf(cluster, workload), endpoint));
  }
  if (target.kind === 'pods') {
    for (const workload of target.workloads)
      for (const from of sourcesOf(connection, workload.namespace, kit))
        policies.push(...kit.allowing('Ingress', from, endpointOf(cluster, workload)));
  }
  const names = policies.map(({ resource }) =>
    resource === undefined ? 'what is declared already' : nameOf(resource),
  );
  return names.length === 0 ? 'nothing closes its ends' : [...new Set(names)].sort().join(', ');
}

/** Where nobody declares a port, every port is meant. */
function wantedOf({ ports }: Connection, workload: Workload): PortSet {
  const wanted = ports.get(workload) ?? [];
  return isEmpty(wanted) ? 'all' : wanted;
}

function targetsOf(connection: Connection, namespace: string, kit: Kit): readonly Probe[] {
  const { target } = connection;
  if (target.kind === 'outsider') return probesOf(target, namespace, kit);
  return target.workloads.map((workload) => ({
    endpoint: endpointOf(kit.inference.cluster, workload),
    ports: wantedOf(connection, workload),
  }));
}

function sourcesOf({ source }: Connection, namespace: string, kit: Kit): readonly Endpoint[] {
  return source.kind === 'outsider'
    ? probesOf(source, namespace, kit).map(({ endpoint }) => endpoint)
    : source.workloads.map((workload) => endpointOf(kit.inference.cluster, workload));
}
