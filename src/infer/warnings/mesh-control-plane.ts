import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import { hasPort, unionAll } from '../../policy/port-set.ts';
import { portsOfRule } from '../../policy/ports-of-rule.ts';
import { allowing } from '../../policy/rules-of.ts';
import { endpointOf } from '../endpoint.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** The mesh's own pods, closed on ports without which no meshed pod starts. */
export function warnMeshControlPlane(finished: Finished): void {
  const { cluster, membership, isolation, report } = finished;
  if (membership === undefined) return;
  const { mesh, said } = membership;
  for (const workload of cluster.workloadsIn.get(said.controlPlane ?? mesh.namespace) ?? []) {
    if (!isolation.closes(workload, 'Ingress')) continue;
    const parts = mesh.controlPlane.filter(({ podSelector }) => selects(podSelector, workload.labels));
    const proxies = parts.flatMap(({ fromProxies }) => fromProxies);
    const server = parts.flatMap(({ fromApiServer }) => fromApiServer);
    const closed = [...proxies, ...server].filter((port) => !isOpen(port, workload, finished));
    if (closed.length === 0) continue;
    const item = (peer: string, ports: readonly number[]): string[] => {
      const missing = ports.filter((port) => closed.includes(port));
      return missing.length === 0 ? [] : [`${peer}:${missing.join('+')}`];
    };
    const add = [...item('cluster', proxies), ...item('anywhere', server)].join(', ');
    const message =
      `is part of the control plane of ${mesh.title} and closed on ${closed.join(', ')}: meshed pods, or the API server's ` +
      `webhooks, would be cut. Add "${add}" to ${cluster.config.annotationPrefix}allow-from of ${nameOf(workload.resource)}`;
    report({ ...placeOf(workload.resource), code: 'mesh-control-plane', severity: 'warning', message });
  }
}

function isOpen(port: number, workload: Workload, { cluster, opening }: Finished): boolean {
  const rules = opening('Ingress', endpointOf(cluster, workload)).flatMap(({ ingress }) => allowing(ingress));
  return hasPort(unionAll(rules.map((rule) => portsOfRule(rule, workload.ports))), 'TCP', port);
}
