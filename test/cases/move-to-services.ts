import type { Lists } from './annotate.ts';
import { type Cluster, type ClusterService, type ClusterWorkload, servicesOf, targetPorts } from './cluster.ts';
import { isAloneBehind, rangesOf } from './peer-name.ts';
import { printPorts } from './port-list.ts';

interface Moved {
  readonly workloads: ReadonlyMap<string, Lists>;
  readonly services: ReadonlyMap<string, readonly string[]>;
}

/** Lets a Service say the grants that are just for its ports: there they need no ports. */
export function moveToServices(said: ReadonlyMap<string, Lists>, cluster: Cluster): Moved {
  const services = new Map<string, string[]>();
  const workloads = [...said].map(([id, lists]) => {
    const workload = cluster.workloads.get(id);
    const kept = lists.allowFrom.filter((item) => workload === undefined || !move(services, cluster, workload, item));
    return [id, { ...lists, allowFrom: kept }] as const;
  });
  return { workloads: new Map(workloads), services };
}

function move(services: Map<string, string[]>, cluster: Cluster, workload: ClusterWorkload, item: string): boolean {
  const service = servicesOf(cluster, workload).find(
    (each) => !each.inList && isJustFor(cluster, each, workload, item),
  );
  if (service === undefined) return false;
  const id = `${service.namespace}/Service/${service.name}`;
  services.set(id, [...(services.get(id) ?? []), item.slice(0, item.lastIndexOf(':'))]);
  return true;
}

function isJustFor(cluster: Cluster, service: ClusterService, workload: ClusterWorkload, item: string): boolean {
  const ports = printPorts(rangesOf(targetPorts(service, workload)));
  return isAloneBehind(cluster, service, workload) && item.endsWith(`:${ports}`);
}
