import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import { allowing } from '../../policy/rules-of.ts';
import { endpointOf } from '../endpoint.ts';
import { type Waypoint, waypointOf } from '../mesh/waypoint.ts';
import type { Finished } from './warning.ts';

const GATEWAY = 'gateway.networking.k8s.io/gateway-name';

/** In ambient mode what has a waypoint is called by the waypoint's pods, and its callers call those. */
export function warnMeshWaypoints(finished: Finished): void {
  const { cluster, membership, isolation, report } = finished;
  if (membership?.mesh.name !== 'istio-ambient') return;
  for (const workload of cluster.workloads) {
    const waypoint = waypointOf(workload, cluster);
    if (waypoint === undefined || membership.has(workload) !== true) continue;
    if (!isolation.closes(workload, 'Ingress') || letsIn(waypoint, workload, finished)) continue;
    const item = `${waypoint.namespace}/${GATEWAY}=${waypoint.name}:15008`;
    const message =
      `is called through the waypoint "${waypoint.name}", which nothing lets in: add "${item}" to ` +
      `${cluster.config.annotationPrefix}allow-from, and to allow-to of its callers`;
    report({ ...placeOf(workload.resource), code: 'mesh-waypoint', severity: 'warning', message });
  }
}

function letsIn({ name, namespace }: Waypoint, workload: Workload, { cluster, opening }: Finished): boolean {
  const rules = opening('Ingress', endpointOf(cluster, workload)).flatMap(({ ingress }) => allowing(ingress));
  return rules.some(
    ({ peers }) =>
      peers === 'all' ||
      peers.some(
        (peer) =>
          peer.kind === 'pods' &&
          selects(peer.podSelector, { [GATEWAY]: name }) &&
          selects(peer.namespaceSelector ?? [], { 'kubernetes.io/metadata.name': namespace }),
      ),
  );
}
