import type { LabelSelector } from '../model/label-selector.ts';
import { selects } from '../policy/match-labels.ts';
import { NAMESPACE_NAME } from '../policy/selector.ts';
import { type Cluster, namespaceLabels } from './cluster.ts';

/** The namespaces that a selector means, those that are not in the input included; undefined where nothing tells. */
export function namespacesSelected(selector: LabelSelector, cluster: Cluster): readonly string[] | undefined {
  const named = selector.find(({ key, operator }) => key === NAMESPACE_NAME && operator === 'In');
  if (named !== undefined) return named.values;
  const known = [...cluster.namespaces.keys()].filter((name) => selects(selector, namespaceLabels(cluster, name)));
  return selector.length === 0 || known.length === 0 ? undefined : known;
}
