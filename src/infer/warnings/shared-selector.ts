import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { selectorKey } from '../../policy/selector.ts';
import { selectWorkloads } from '../label-index.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** A selector that finds pods of another workload too: what is said for one goes for both. */
export function warnSharedSelectors({ cluster, connections, policies, report }: Finished): void {
  const subjects = new Set(policies.map(({ subject }) => subject));
  const peers = new Set([...connections.asks, ...connections.grants].flatMap(({ peer }) => peer.workloads));
  for (const workload of cluster.workloads) {
    if (!subjects.has(workload.resource) && !peers.has(workload)) continue;
    if (workload.selector.length === 0) continue;
    const others = selectWorkloads(cluster.labelIndex, workload.namespace, workload.selector)
      .filter((other) => other !== workload && !isTwin(other, workload))
      .map(({ resource }) => nameOf(resource));
    const [first] = others;
    if (first === undefined) continue;
    const more = others.length === 1 ? '' : ` and of ${others.length - 1} more`;
    const message = `has a selector that finds the pods of ${first}${more} too, so its rules go for them as well: give their pods a label that differs`;
    report({ ...placeOf(workload.resource), code: 'shared-selector', severity: 'warning', message });
  }
}

/** A Rollout and the Deployment that lends it its template are the same pods, and so are a Service's and its stand-in's. */
function isTwin(other: Workload, workload: Workload): boolean {
  const sameTemplate =
    other.labels === workload.labels && selectorKey(other.selector) === selectorKey(workload.selector);
  return sameTemplate || other.origin === 'service' || workload.origin === 'service';
}
