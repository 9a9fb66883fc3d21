import { selectWorkloads } from '../infer/label-index.ts';
import { placeOf } from '../model/problem.ts';
import type { ReadPolicy } from '../model/resources.ts';
import { isGenerated } from './is-generated.ts';
import type { Lint, Linted } from './lint.ts';
import { selectorsWritten } from './written.ts';

/** Generated policies that a later step broke: it changed the pods' labels, or wrote into the selectors. */
export const lintBrokenPolicies: Lint = (linted) => {
  for (const read of linted.policies) {
    const { resource } = read.policy;
    if (resource === undefined || !isGenerated(read.policy)) continue;
    const found = rewritten(read) ?? idle(linted, read);
    if (found === undefined) continue;
    const message = `${found.message}: run the function after the step that did this, as the last transformer of the outermost overlay`;
    linted.report({ ...placeOf(resource, found.field), code: 'broken-policy', severity: 'warning', message });
  }
};

interface Finding {
  readonly field: string;
  readonly message: string;
}

function rewritten({ manifest }: ReadPolicy): Finding | undefined {
  const found = selectorsWritten(manifest).find(({ matchLabels }) => matchLabels !== undefined);
  if (found === undefined) return undefined;
  return {
    field: `${found.path}.matchLabels`,
    message: 'was not written by Postern, which writes matchExpressions alone',
  };
}

function idle({ cluster }: Linted, { policy }: ReadPolicy): Finding | undefined {
  const { namespace, podSelector, foreign } = policy;
  if (foreign !== undefined) return undefined;
  const hasPods = (cluster.workloadsIn.get(namespace) ?? []).length > 0;
  if (podSelector.length === 0 || !hasPods) return undefined;
  if (selectWorkloads(cluster.labelIndex, namespace, podSelector).length > 0) return undefined;
  return {
    field: 'spec.podSelector',
    message: 'selects no pods of its namespace, although its workload was there when it was written',
  };
}
