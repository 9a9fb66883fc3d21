import type { NetworkPolicy } from '../../model/network-policy.ts';
import { placeOf } from '../../model/problem.ts';
import type { StringMap } from '../../model/resource.ts';
import type { Workload } from '../../model/workload.ts';
import type { Cluster } from '../cluster.ts';
import { endpointOf } from '../endpoint.ts';
import type { Finished } from './warning.ts';

/** A mesh whose proxies carry the traffic of pods on a port of their own. */
interface Mesh {
  readonly name: string;
  readonly port: number;
  readonly isIn: (
    workload: Workload,
    namespace: { readonly labels: StringMap; readonly annotations: StringMap },
  ) => boolean;
}

const MESHES: readonly Mesh[] = [
  {
    name: 'Linkerd',
    port: 4143,
    isIn: ({ podAnnotations }, { annotations }) => {
      const inject = podAnnotations['linkerd.io/inject'] ?? annotations['linkerd.io/inject'];
      return inject === 'enabled' || inject === 'ingress';
    },
  },
  {
    name: 'Istio ambient',
    port: 15008,
    isIn: ({ labels }, namespace) =>
      (labels['istio.io/dataplane-mode'] ?? namespace.labels['istio.io/dataplane-mode']) === 'ambient',
  },
];

/** Meshed pods whose rules name ports: their proxies talk on another port, so all meshed traffic would be cut. */
export function warnMeshes(finished: Finished): void {
  const { cluster, isolation } = finished;
  for (const mesh of MESHES) {
    for (const [namespace, workloads] of cluster.workloadsIn) {
      const cut = workloads.filter(
        (workload) =>
          isolation.closes(workload, 'Ingress') &&
          isMeshed(mesh, workload, cluster) &&
          missesProxy(mesh, workload, finished),
      );
      const [first] = cut;
      if (first !== undefined) reportCut(mesh, namespace, first, cut.length, finished);
    }
  }
}

function reportCut(mesh: Mesh, namespace: string, first: Workload, count: number, { cluster, report }: Finished): void {
  const place = placeOf(cluster.namespaces.get(namespace) ?? first.resource);
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  const message =
    `has pods in the ${mesh.name} mesh, whose proxies connect on port ${mesh.port}: the policies of ${first.resource.name}${others} ` +
    `allow the real ports only, so meshed traffic would be cut. Allow port ${mesh.port} beside them`;
  report({ ...place, code: 'meshed-pods', severity: 'warning', message });
}

function isMeshed(mesh: Mesh, workload: Workload, { namespaces }: Cluster): boolean {
  return mesh.isIn(workload, namespaces.get(workload.namespace) ?? { labels: {}, annotations: {} });
}

/** Whether some rule lets callers in, but none on the port of the proxy. */
function missesProxy(mesh: Mesh, workload: Workload, { cluster, selecting }: Finished): boolean {
  const rules = selecting('Ingress', endpointOf(cluster, workload)).flatMap(({ ingress }) => ingress ?? []);
  return rules.length > 0 && !rules.some((rule) => hasPort(rule, mesh.port));
}

function hasPort({ ports }: NonNullable<NetworkPolicy['ingress']>[number], wanted: number): boolean {
  return (
    ports === 'all' ||
    ports.some(
      (match) => !('name' in match) && match.protocol === 'TCP' && match.port <= wanted && wanted <= match.endPort,
    )
  );
}
