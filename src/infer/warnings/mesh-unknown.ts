import { DIRECTIONS } from '../../model/direction.ts';
import { placeOf } from '../../model/problem.ts';
import type { Finished } from './warning.ts';

/** Closed pods of which neither the input nor the config says whether they are in the mesh: their traffic may be cut. */
export function warnMeshUnknown({ cluster, membership, isolation, report }: Finished): void {
  if (membership === undefined) return;
  for (const [namespace, workloads] of cluster.workloadsIn) {
    const [first] = workloads.filter(
      (workload) =>
        membership.has(workload) === undefined && DIRECTIONS.some((direction) => isolation.closes(workload, direction)),
    );
    if (first === undefined) continue;
    const all = namespace === '' ? 'cluster' : `${namespace}/*`;
    const message =
      `is closed, and nothing says whether its pods are in the ${membership.mesh.title} mesh, since its Namespace is not ` +
      `in these resources: no port is opened for proxies. Add "${all}" to "meshed" or "unmeshed" of the config's mesh`;
    report({ ...placeOf(first.resource), code: 'mesh-unknown', severity: 'warning', message });
  }
}
