import type { Endpoint } from '../model/flow.ts';
import type { Workload } from '../model/workload.ts';
import { type Cluster, namespaceLabels } from './cluster.ts';

/** A pod of which nothing is known: only a rule for everybody matches it. */
export const ANYBODY: Endpoint = { kind: 'pod', namespace: '', labels: {}, namespaceLabels: {}, ports: [] };

/** A workload's pods as the reader of policies sees them. */
export function endpointOf(cluster: Cluster, { namespace, labels, ports }: Workload): Endpoint {
  return { kind: 'pod', namespace, labels, namespaceLabels: namespaceLabels(cluster, namespace), ports };
}
