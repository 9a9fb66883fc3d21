import { placeOf } from '../../model/problem.ts';
import type { Finished } from './warning.ts';

/** A proxy finds its control plane by name, so without DNS its pod never becomes ready. */
export function warnMeshWithoutDns({ cluster, membership, voices, isolation, report }: Finished): void {
  if (membership === undefined) return;
  for (const workload of cluster.workloads) {
    const { resource, namespace } = workload;
    const objects = [resource, cluster.namespaces.get(namespace)];
    const hasNone = objects.some((object) => object !== undefined && voices.settings.get(object)?.noDns === true);
    if (!hasNone || membership.has(workload) !== true || !isolation.closes(workload, 'Egress')) continue;
    if (!membership.mesh.hasSidecar(workload, cluster.namespaces.get(namespace))) continue;
    const message =
      `must resolve names, since its ${membership.mesh.title} proxy finds the control plane by name: with dns "none" its ` +
      'pods would never become ready';
    report({ ...placeOf(resource), code: 'mesh-without-dns', severity: 'warning', message });
  }
}
