import type { Endpoint } from '../../src/model/flow.ts';
import type { ContainerPort, Protocol } from '../../src/model/port.ts';
import { type Cluster, listenedPorts, readCluster } from '../cases/cluster.ts';
import type { OutsideEnd, ReachFile } from './reach-file.ts';

/** One end of the connections of a table. */
export interface End {
  /** `namespace/name`, or the name of an address. */
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Not a workload of the input: what passes between two of these is nobody's business. */
  readonly outside: boolean;
}

/** The workloads of an input, a pod of each, and the ends beside them, in the order of their names. */
export function endsOf(input: string, file: Pick<ReachFile, 'outside' | 'namespaces'>): readonly End[] {
  const cluster = readCluster(input);
  const labelsOf = (namespace: string) => ({
    ...cluster.namespaceLabels.get(namespace),
    ...file.namespaces[namespace],
    'kubernetes.io/metadata.name': namespace,
  });
  const outside = Object.entries(file.outside).map(([name, end]) => outsideEnd(name, end, labelsOf));
  return [...workloadEnds(cluster, labelsOf), ...outside].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type LabelsOf = (namespace: string) => Readonly<Record<string, string>>;

function workloadEnds(cluster: Cluster, labelsOf: LabelsOf): readonly End[] {
  return [...cluster.workloads.values()].map((workload) => {
    const { namespace, labels } = workload;
    const ports = listenedPorts(cluster, workload);
    const endpoint: Endpoint = { kind: 'pod', namespace, labels, namespaceLabels: labelsOf(namespace), ports };
    return { name: `${namespace}/${workload.name}`, endpoint, outside: false };
  });
}

function outsideEnd(name: string, end: OutsideEnd, labelsOf: LabelsOf): End {
  if (end.address !== undefined) return { name, endpoint: { kind: 'ip', address: end.address }, outside: true };
  const [namespace = ''] = name.split('/');
  const ports = (end.ports ?? []).map(readPort);
  const endpoint: Endpoint = {
    kind: 'pod',
    namespace,
    labels: end.labels ?? {},
    namespaceLabels: labelsOf(namespace),
    ports,
  };
  return { name, endpoint, outside: true };
}

function readPort(text: number | string): ContainerPort {
  const [port, protocol = 'tcp'] = String(text).split('/');
  return { name: undefined, port: Number(port), protocol: protocol.toUpperCase() as Protocol };
}
