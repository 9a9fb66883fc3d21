import { placeOf } from '../../model/problem.ts';
import type { Resource } from '../../model/resource.ts';
import { isExcluded } from '../isolation.ts';
import type { Voices } from '../voice.ts';
import type { Finished } from './warning.ts';

/** Words that cannot have the effect that their author expects. */
export function warnUnheard(finished: Finished): void {
  warnExcluded(finished);
  warnGateways(finished);
  warnEmptyNamespaces(finished);
}

/** Pods of an excluded namespace are never isolated. */
function warnExcluded({ cluster, voices, report }: Finished): void {
  for (const { subject, list } of voices.voices) {
    if (!isExcluded(cluster, subject.namespace)) continue;
    const message = `closes nothing, because the namespace "${subject.namespace}" is excluded; other ends still hear it`;
    report({ ...list.place, code: 'excluded-namespace', severity: 'info', message });
  }
}

/** Callers of a Knative Service arrive through Knative's gateways, not from their own pods. */
function warnGateways({ voices, report }: Finished): void {
  for (const { subject, list } of voices.voices) {
    if (subject.kind === 'namespace' || list.direction === 'Egress') continue;
    if (!subject.workloads.some(({ viaGateway }) => viaGateway)) continue;
    const message =
      "does not see the callers of a Knative Service: they arrive through Knative's own gateways, so list those";
    report({ ...list.place, code: 'knative-ingress', severity: 'warning', message });
  }
}

/** A Namespace that says something has no pods here, while pods without a namespace are. */
function warnEmptyNamespaces({ cluster, voices, report }: Finished): void {
  const homeless = cluster.workloadsIn.get('') ?? [];
  if (homeless.length === 0) return;
  for (const [name, resource] of cluster.namespaces) {
    if ((cluster.workloadsIn.get(name) ?? []).length > 0) continue;
    if (!speaks(resource, voices)) continue;
    const message =
      `speaks for no pods: ${homeless.length} of these workloads have no namespace. ` +
      'Run after the step that sets it, or set "namespace" in the config';
    report({ ...placeOf(resource), code: 'namespace-without-pods', severity: 'warning', message });
  }
}

function speaks(namespace: Resource, { voices, settings }: Voices): boolean {
  return settings.has(namespace) || voices.some(({ list }) => list.subject === namespace);
}
