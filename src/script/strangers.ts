import { type Cluster, namespaceLabels } from '../infer/cluster.ts';
import type { End } from '../model/end.ts';

/** Where a pod of somebody else is likely to be. */
const ELSEWHERE = 'default';

/** Pods without any labels, one in each namespace that has workloads and one elsewhere: what nobody allowed must fail for them. */
export function strangers(cluster: Cluster): readonly End[] {
  const places = new Set([...cluster.workloads.map(({ namespace }) => namespace), ELSEWHERE]);
  return [...places]
    .filter((namespace) => namespace !== '')
    .sort()
    .map((namespace) => ({
      kind: 'others',
      name: `a stranger in ${namespace}`,
      namespace,
      endpoint: {
        kind: 'pod',
        namespace,
        labels: {},
        namespaceLabels: namespaceLabels(cluster, namespace),
        ports: [],
      },
      workloads: [],
    }));
}
