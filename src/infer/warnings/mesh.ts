import type { NetworkPolicy } from '../../model/network-policy.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { endpointOf } from '../endpoint.ts';
import { isMeshed, MESHES, type Mesh } from '../meshes.ts';
import type { Finished } from './warning.ts';

type Rule = NonNullable<NetworkPolicy['ingress']>[number];

/** Meshed pods whose rules name ports: their proxies talk on another port, so meshed traffic would be cut. */
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
    `has pods in the ${mesh.name} mesh, whose proxies connect on port ${mesh.port}: the policies of ` +
    `${first.resource.name}${others} allow some callers on the real ports only, so their meshed traffic would be cut. ` +
    `Add the proxy's port to those items, as in "web:8080+${mesh.port}"`;
  report({ ...place, code: 'meshed-pods', severity: 'warning', message });
}

/** Whether some pods are let in on ports without the proxy's, and no rule for everybody makes up for it. */
function missesProxy(mesh: Mesh, workload: Workload, { cluster, selecting }: Finished): boolean {
  const rules = selecting('Ingress', endpointOf(cluster, workload)).flatMap(({ ingress }) => ingress ?? []);
  const open = rules.filter((rule) => hasPort(rule, mesh.port));
  if (open.some(({ peers }) => peers === 'all')) return false;
  const reached = new Set(open.flatMap(peerKeys));
  return rules.some((rule) => !hasPort(rule, mesh.port) && peerKeys(rule).some((key) => !reached.has(key)));
}

/** The pods that a rule lets in; addresses are not in the mesh. */
function peerKeys({ peers }: Rule): string[] {
  if (peers === 'all') return ['all'];
  return peers.filter(({ kind }) => kind === 'pods').map((peer) => JSON.stringify(peer));
}

function hasPort({ ports }: Rule, wanted: number): boolean {
  return (
    ports === 'all' ||
    ports.some(
      (match) => !('name' in match) && match.protocol === 'TCP' && match.port <= wanted && wanted <= match.endPort,
    )
  );
}
