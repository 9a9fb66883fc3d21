import type { StringMap } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';

/** A mesh whose proxies carry the traffic of pods on a port of their own. */
export interface Mesh {
  readonly name: string;
  /** TCP port on which a proxy takes what comes from other proxies. */
  readonly port: number;
  readonly isIn: (workload: Workload, namespace: Told) => boolean;
}

type Told = { readonly labels: StringMap; readonly annotations: StringMap };

/** The meshes that plain policies get in the way of. */
export const MESHES: readonly Mesh[] = [
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

/** Whether a workload's pods are in a mesh, as its template, its labels or its namespace say. */
export function isMeshed(mesh: Mesh, workload: Workload, { namespaces }: Pick<Cluster, 'namespaces'>): boolean {
  return mesh.isIn(workload, namespaces.get(workload.namespace) ?? { labels: {}, annotations: {} });
}

/** Whether a port is that of a proxy beside the workload: it is listened to, though no container declares it. */
export function isProxyPort(port: number, workload: Workload, cluster: Pick<Cluster, 'namespaces'>): boolean {
  return MESHES.some((mesh) => mesh.port === port && isMeshed(mesh, workload, cluster));
}
