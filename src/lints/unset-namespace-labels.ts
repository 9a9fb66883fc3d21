import type { Requirement } from '../model/label-selector.ts';
import { selects } from '../policy/match-labels.ts';
import { NAMESPACE_NAME } from '../policy/selector.ts';
import type { Lint, Linted } from './lint.ts';
import { placedRules } from './placed-rules.ts';

/** namespaceSelectors with a label that no Namespace object of the input sets. Kubernetes itself sets only the name. */
export const lintUnsetNamespaceLabels: Lint = (linted) => {
  if (linted.cluster.namespaces.size === 0) return;
  for (const { rule, place } of placedRules(linted)) {
    const peers = rule.peers === 'all' ? [] : rule.peers;
    const requirements = peers.flatMap((peer) => (peer.kind === 'pods' ? (peer.namespaceSelector ?? []) : []));
    for (const requirement of requirements.filter((one) => isUnset(linted, one))) {
      linted.report({ ...place, ...findingOf(linted, requirement) });
    }
  }
};

function isUnset({ cluster }: Linted, requirement: Requirement): boolean {
  if (requirement.key === NAMESPACE_NAME) return false;
  if (requirement.operator !== 'In' && requirement.operator !== 'Exists') return false;
  return [...cluster.namespaces.values()].every(({ labels }) => !selects([requirement], labels));
}

/** Where the label's value is the name of a known namespace, the other label was meant. */
function findingOf(
  { cluster }: Linted,
  { key, values }: Requirement,
): { readonly code: string; readonly severity: 'warning' | 'info'; readonly message: string; readonly want?: string } {
  const label = values.length === 0 ? key : `${key}: ${values.join(' or ')}`;
  const names = values.filter((value) => cluster.namespaces.has(value) || cluster.workloadsIn.has(value));
  const said = `selects namespaces by "${label}", a label that no Namespace of these resources has`;
  if (names.length === 0) {
    return { code: 'unset-namespace-label', severity: 'info', message: `${said}: make sure that somebody sets it` };
  }
  const message = `${said}: write "${NAMESPACE_NAME}: ${names.join(' or ')}", which Kubernetes sets itself`;
  return { code: 'misnamed-namespace-label', severity: 'warning', message, want: NAMESPACE_NAME };
}
