import type { Workload } from '../../model/workload.ts';
import type { Cluster } from '../cluster.ts';

const USE = 'istio.io/use-waypoint';

/** A gateway through which the calls of a workload, a Service or a namespace go in ambient mode. */
export interface Waypoint {
  readonly name: string;
  readonly namespace: string;
}

/** The word of the pods, their Services, or their namespace. */
export function waypointOf(workload: Workload, { servicesOf, namespaces }: Cluster): Waypoint | undefined {
  const { labels, namespace } = workload;
  const services = (servicesOf.get(workload) ?? []).map(({ resource }) => resource.labels);
  const told = [labels, ...services, namespaces.get(namespace)?.labels ?? {}];
  const found = told.find((each) => each[USE] !== undefined);
  const name = found?.[USE];
  if (found === undefined || name === undefined || name === 'none') return undefined;
  return { name, namespace: found[`${USE}-namespace`] ?? namespace };
}
