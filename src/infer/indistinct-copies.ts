import type { PlannedPolicy } from '../model/planned-policy.ts';
import { placeOf, type Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';
import { selectWorkloads } from './label-index.ts';
import { nameOf } from './subject.ts';

/**
 * Two copies of one base whose pods have the same labels in one namespace. No policy can keep them apart, so what
 * opens one to its own callers opens the other too: staging would reach production.
 */
export function refuseIndistinctCopies(cluster: Cluster, policies: readonly PlannedPolicy[], report: Report): void {
  const subjects = new Set(policies.map(({ subject }) => subject));
  for (const workload of cluster.workloads) {
    const { resource, namespace, selector } = workload;
    if (!subjects.has(resource) || resource.previousNames.length === 0 || selector.length === 0) continue;
    const copy = selectWorkloads(cluster.labelIndex, namespace, selector).find((other) => isCopy(other, workload));
    if (copy === undefined) continue;
    const message =
      `must differ in a label from its copy ${nameOf(copy.resource)}: no policy can tell their pods apart. ` +
      'Give each overlay a label of its own (labels with includeSelectors) or a namespace of its own';
    report({ ...placeOf(resource), code: 'indistinct-copies', severity: 'error', message });
  }
}

/** Whether two objects were one in a base: of one kind and one earlier name, and renamed apart since. */
function isCopy({ resource: a }: Workload, { resource: b }: Workload): boolean {
  if (a === b || a.kind !== b.kind || a.name === b.name) return false;
  return namesOf(a).some((name) => namesOf(b).includes(name));
}

function namesOf({ name, previousNames }: Resource): readonly string[] {
  return [name, ...previousNames];
}
