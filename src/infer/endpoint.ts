import type { Endpoint } from '../model/flow.ts';
import type { Workload } from '../model/workload.ts';
import { type Cluster, namespaceLabels } from './cluster.ts';
import type { Subject } from './subject.ts';

/** A pod of which nothing is known: only a rule for everybody matches it. */
export const ANYBODY: Endpoint = { kind: 'pod', namespace: '', labels: {}, namespaceLabels: {}, ports: [] };

/** A workload's pods as the reader of policies sees them. */
export function endpointOf(cluster: Cluster, { namespace, labels, ports }: Workload): Endpoint {
  return { kind: 'pod', namespace, labels, namespaceLabels: namespaceLabels(cluster, namespace), ports };
}

/** The pods of a subject. Of a namespace that speaks for all of its pods nothing else is certain. */
export function sourcesOf(subject: Subject, cluster: Cluster): Endpoint[] {
  if (subject.kind !== 'namespace') return subject.workloads.map((workload) => endpointOf(cluster, workload));
  const { namespace } = subject;
  return [{ kind: 'pod', namespace, labels: {}, namespaceLabels: namespaceLabels(cluster, namespace), ports: [] }];
}
