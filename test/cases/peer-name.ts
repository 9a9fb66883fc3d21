import type { ContainerPort, PortSet } from '../../src/model/port.ts';
import { covers, isEmpty, portSet } from '../../src/policy/port-set.ts';
import {
  type Cluster,
  type ClusterService,
  type ClusterWorkload,
  listenedPorts,
  servicesOf,
  targetPorts,
} from './cluster.ts';
import { printPorts } from './port-list.ts';

interface Ends {
  readonly speaker: ClusterWorkload;
  readonly other: ClusterWorkload;
  readonly destination: ClusterWorkload;
}

/** How the speaker calls another workload. */
export function peerName(cluster: Cluster, speaker: ClusterWorkload, other: ClusterWorkload): string {
  checkUnique(cluster, other);
  return qualify(speaker, other.namespace, other.name);
}

/**
 * The shortest way to say a connection: no ports where they are just those that the destination offers, and the
 * Service's name where it is the Service that offers them.
 *
 * @param listening what the destination listens to, of the ports that are to be opened
 * @param missing all that is to be opened, said where nobody listens
 */
export function spokenPorts(
  cluster: Cluster,
  ends: Ends,
  listening: PortSet,
  missing: PortSet,
): { readonly peer: string; readonly ports: string } {
  const { speaker, other, destination } = ends;
  const peer = peerName(cluster, speaker, other);
  if (isEmpty(listening)) return { peer, ports: `:${printPorts(missing)}` };
  const service =
    other === destination
      ? servicesOf(cluster, other).find((candidate) => speaksFor(cluster, candidate, other, listening))
      : undefined;
  if (service !== undefined) return { peer: qualify(speaker, service.namespace, service.name), ports: '' };
  return { peer, ports: sameSet(offered(cluster, destination), listening) ? '' : `:${printPorts(listening)}` };
}

/** The target ports of every Service in front of a workload; without one, its containers' ports. */
function offered(cluster: Cluster, workload: ClusterWorkload): PortSet {
  const targets = servicesOf(cluster, workload).flatMap((service) => targetPorts(service, workload));
  return rangesOf(targets.length > 0 ? targets : listenedPorts(cluster, workload));
}

/** Whether a Service means this workload and nobody else, on just these ports, and no workload has its name. */
function speaksFor(cluster: Cluster, service: ClusterService, workload: ClusterWorkload, ports: PortSet): boolean {
  const workloads = [...cluster.workloads.values()].filter(({ namespace }) => namespace === service.namespace);
  const isFree = workloads.every(({ name }) => name !== service.name);
  return (
    isAloneBehind(cluster, service, workload) && isFree && sameSet(rangesOf(targetPorts(service, workload)), ports)
  );
}

/** Whether a Service has no other workload behind it. */
export function isAloneBehind(cluster: Cluster, service: ClusterService, workload: ClusterWorkload): boolean {
  const behind = [...cluster.workloads.values()].filter((candidate) =>
    servicesOf(cluster, candidate).includes(service),
  );
  return behind.length === 1 && behind[0] === workload;
}

/** Container ports as a set. */
export function rangesOf(ports: readonly ContainerPort[]): PortSet {
  return portSet(ports.map(({ protocol, port }) => ({ protocol, port, endPort: port })));
}

function sameSet(left: PortSet, right: PortSet): boolean {
  return covers(left, right) && covers(right, left);
}

function qualify(speaker: ClusterWorkload, namespace: string, name: string): string {
  return namespace === speaker.namespace ? name : `${namespace}/${name}`;
}

function checkUnique(cluster: Cluster, workload: ClusterWorkload): void {
  const same = [...cluster.workloads.values()].filter(
    ({ name, namespace }) => name === workload.name && namespace === workload.namespace,
  );
  if (same.length > 1)
    throw new Error(`A name alone cannot say ${workload.id}: ${same.map(({ id }) => id).join(', ')}`);
}
