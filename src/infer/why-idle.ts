import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import { nearest } from '../model/nearest.ts';
import { selects } from '../policy/match-labels.ts';
import { selectorKey } from '../policy/selector.ts';
import type { Cluster } from './cluster.ts';

/** Why a selector finds no workload of some namespaces: `no workload of namespace "shop" has "app=webb" (did you mean "app=web"?)`. */
export function whyIdle(cluster: Cluster, namespaces: readonly string[], selector: LabelSelector): string {
  const where = namespaces.length === 1 ? `namespace "${namespaces[0]}"` : 'these namespaces';
  const labels = namespaces.flatMap((name) => (cluster.workloadsIn.get(name) ?? []).map((workload) => workload.labels));
  const wrong = selector.find((requirement) => !labels.some((known) => selects([requirement], known)));
  if (wrong === undefined)
    return `no workload of ${where} has all of "${selector.map(printRequirement).join('" and "')}"`;
  const [value = ''] = wrong.values;
  const values = labels.flatMap((known) => (Object.hasOwn(known, wrong.key) ? (known[wrong.key] ?? []) : []));
  const near = wrong.operator === 'In' && wrong.values.length === 1 ? nearest(value, values) : undefined;
  const hint = near === undefined ? '' : ` (did you mean "${wrong.key}=${near}"?)`;
  return `no workload of ${where} has "${printRequirement(wrong)}"${hint}`;
}

function printRequirement(requirement: Requirement): string {
  const { key, operator, values } = requirement;
  return operator === 'In' ? `${key}=${values.join(' or ')}` : selectorKey([requirement]);
}
