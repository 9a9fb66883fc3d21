import { DIRECTIONS, type Direction } from '../../model/direction.ts';
import type { NetworkPolicy, PodsPeer } from '../../model/network-policy.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { allowing, rulesOf } from '../../policy/rules-of.ts';
import { workloadsSelected } from '../cluster.ts';
import { endpointOf } from '../endpoint.ts';
import { isMeshed, type Mesh, meshesFound } from '../meshes.ts';
import type { Finished } from './warning.ts';

type Rule = NonNullable<NetworkPolicy['ingress']>[number];
type PortMesh = Mesh & { readonly port: number };

/**
 * Meshed pods whose rules name ports, where the config says nothing of a mesh: their proxies talk on another port, so
 * meshed traffic would be cut. Proxies that take the real ports still need their control plane.
 */
export function warnMeshes(finished: Finished): void {
  const { cluster, isolation } = finished;
  if (cluster.config.mesh !== undefined) return;
  for (const mesh of meshesFound(cluster)) {
    const isCut = (workload: Workload): boolean =>
      hasPort(mesh)
        ? DIRECTIONS.some(
            (direction) => isolation.closes(workload, direction) && missesProxy(mesh, workload, direction, finished),
          )
        : isolation.closes(workload, 'Egress') && missesControlPlane(mesh, workload, finished);
    for (const [namespace, workloads] of cluster.workloadsIn) {
      const cut = workloads.filter((workload) => isMeshed(mesh, workload, cluster) && isCut(workload));
      const [first] = cut;
      if (first !== undefined) reportCut(mesh, namespace, first, cut.length, finished);
    }
  }
}

function hasPort(mesh: Mesh): mesh is PortMesh {
  return mesh.port !== undefined;
}

function reportCut(mesh: Mesh, namespace: string, first: Workload, count: number, { cluster, report }: Finished): void {
  const place = placeOf(cluster.namespaces.get(namespace) ?? first.resource);
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  const message = hasPort(mesh)
    ? `has pods in the ${mesh.title} mesh, whose proxies connect on port ${mesh.port}: the policies of ` +
      `${first.resource.name}${others} allow some connections on the real ports only, so meshed ones would be cut. ` +
      `Say "mesh: ${mesh.name}" in the config, or add the proxy's port to those items, as in "web:8080+${mesh.port}"`
    : `has pods in the ${mesh.title} mesh, whose proxies need its control plane: the policies of ` +
      `${first.resource.name}${others} do not let them out to port ${portsOfControlPlane(mesh).join(', ')}, so their ` +
      `proxies would not start. Say "mesh: ${mesh.name}" in the config`;
  report({ ...place, code: 'meshed-pods', severity: 'warning', message });
}

function portsOfControlPlane({ controlPlane }: Mesh): readonly number[] {
  return controlPlane.flatMap(({ fromProxies }) => fromProxies);
}

/** Whether no rule lets a workload's proxies out to a port of their control plane. */
function missesControlPlane(mesh: Mesh, workload: Workload, { cluster, opening }: Finished): boolean {
  const rules = opening('Egress', endpointOf(cluster, workload)).flatMap((policy) =>
    allowing(rulesOf(policy, 'Egress')),
  );
  return portsOfControlPlane(mesh).some((port) => !rules.some((rule) => opensPort(rule, port)));
}

/** Whether some pods are named on ports without the proxy's, and no rule for everybody makes up for it. */
function missesProxy(mesh: PortMesh, workload: Workload, direction: Direction, finished: Finished): boolean {
  const policies = finished.opening(direction, endpointOf(finished.cluster, workload));
  const rules = policies.flatMap((policy) => allowing(rulesOf(policy, direction)));
  const keysOf = (rule: Rule): string[] =>
    peersOf(rule)
      .filter((peer) => direction === 'Ingress' || leadsToProxy(peer, mesh, workload, finished))
      .map((peer) => JSON.stringify(peer));
  const open = rules.filter((rule) => opensPort(rule, mesh.port));
  if (open.some(({ peers }) => peers === 'all')) return false;
  const reached = new Set(open.flatMap(keysOf));
  return rules.some((rule) => !opensPort(rule, mesh.port) && keysOf(rule).some((key) => !reached.has(key)));
}

/** The pods that a rule names; addresses are not in the mesh. */
function peersOf({ peers }: Rule): (PodsPeer | 'all')[] {
  return peers === 'all' ? ['all'] : peers.filter((peer) => peer.kind === 'pods');
}

/** A proxy calls another proxy only where there is one: a DNS server outside the mesh is reached as ever. */
function leadsToProxy(peer: PodsPeer | 'all', mesh: Mesh, { namespace }: Workload, { cluster }: Finished): boolean {
  if (peer === 'all') return false;
  const found = workloadsSelected(cluster, peer.namespaceSelector, peer.podSelector, namespace);
  return found.some((workload) => isMeshed(mesh, workload, cluster));
}

function opensPort({ ports }: Rule, wanted: number): boolean {
  return (
    ports === 'all' ||
    ports.some(
      (match) => !('name' in match) && match.protocol === 'TCP' && match.port <= wanted && wanted <= match.endPort,
    )
  );
}
