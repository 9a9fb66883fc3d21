import type { LabelSelector } from '../model/label-selector.ts';
import type { Workload } from '../model/workload.ts';
import { selects } from '../policy/match-labels.ts';
import { inside } from './map-in-map.ts';

/** Workloads by namespace, and by namespace, label and value. */
export interface LabelIndex {
  readonly byNamespace: ReadonlyMap<string, readonly Workload[]>;
  readonly byLabel: ReadonlyMap<string, ReadonlyMap<string, ByValue>>;
}

type ByValue = Map<string, Workload[]>;

/** Indexes workloads by their pods' labels. */
export function indexLabels(workloads: readonly Workload[]): LabelIndex {
  const byNamespace = new Map<string, Workload[]>();
  const byLabel = new Map<string, Map<string, ByValue>>();
  for (const workload of workloads) {
    push(byNamespace, workload.namespace, workload);
    const ofNamespace = inside(byLabel, workload.namespace);
    for (const key of Object.keys(workload.labels))
      push(inside(ofNamespace, key), workload.labels[key] ?? '', workload);
  }
  return { byNamespace, byLabel };
}

/** The workloads of a namespace whose pods a selector finds, in the input's order. */
export function selectWorkloads(index: LabelIndex, namespace: string, selector: LabelSelector): readonly Workload[] {
  if (selector.length === 0) return index.byNamespace.get(namespace) ?? [];
  const candidates = narrowest(index, namespace, selector);
  // What one label finds, the index says.
  if (candidates !== undefined && selector.length === 1) return candidates;
  return (candidates ?? index.byNamespace.get(namespace) ?? []).filter(({ labels }) => selects(selector, labels));
}

/** Candidates by the single-valued `In` that fewest workloads have. */
function narrowest(index: LabelIndex, namespace: string, selector: LabelSelector): readonly Workload[] | undefined {
  const ofNamespace = index.byLabel.get(namespace);
  let best: readonly Workload[] | undefined;
  for (const { key, operator, values } of selector) {
    if (operator !== 'In' || values.length !== 1) continue;
    const found = ofNamespace?.get(key)?.get(values[0] ?? '') ?? [];
    if (best === undefined || found.length < best.length) best = found;
  }
  return best;
}

function push(map: Map<string, Workload[]>, key: string, workload: Workload): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [workload]);
  else known.push(workload);
}
