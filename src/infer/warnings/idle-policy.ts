import { placeOf } from '../../model/problem.ts';
import { selectWorkloads } from '../label-index.ts';
import { whyIdle } from '../why-idle.ts';
import type { Finished } from './warning.ts';

/** A hand-written policy that selects no pods, in a namespace whose workloads are in the input. */
export function warnIdlePolicies({ cluster, report }: Pick<Finished, 'cluster' | 'report'>): void {
  for (const { resource, namespace, podSelector } of cluster.handWritten) {
    if (resource === undefined || podSelector.length === 0) continue;
    if ((cluster.workloadsIn.get(namespace) ?? []).length === 0) continue;
    if (selectWorkloads(cluster.labelIndex, namespace, podSelector).length > 0) continue;
    const message = `selects no pods of these resources: ${whyIdle(cluster, [namespace], podSelector)}`;
    report({ ...placeOf(resource, 'spec.podSelector'), code: 'idle-policy', severity: 'warning', message });
  }
}
