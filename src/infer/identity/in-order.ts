import type { Workload } from '../../model/workload.ts';
import { selectorKey } from '../../policy/selector.ts';

/** By namespace, name and kind, whatever the order of the input. */
export function inOrder(workloads: readonly Workload[]): Workload[] {
  const keyed = workloads.map((workload) => {
    const { name, kind, apiVersion } = workload.resource;
    return { workload, key: [workload.namespace, name, kind, apiVersion, selectorKey(workload.selector)].join('\n') };
  });
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ workload }) => workload);
}
