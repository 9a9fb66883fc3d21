import type { LabelSelector, Requirement } from '../../model/label-selector.ts';
import type { PodsPeer } from '../../model/network-policy.ts';
import { NAMESPACE_NAME } from '../../policy/selector.ts';
import { expressions } from '../expressions.ts';

/** The label that Cilium gives every pod for its namespace. */
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

/** Before the key of a label of the pod's namespace. */
const NAMESPACE_LABEL = 'k8s:io.cilium.k8s.namespace.labels.';

/** Pods as Cilium knows them: by one list of labels, those of their namespace among them. */
export function endpointSelector({ namespaceSelector, podSelector }: PodsPeer): object {
  if (namespaceSelector === undefined) return expressions(podSelector);
  return expressions([...namespaceRequirements(namespaceSelector), ...podSelector]);
}

/**
 * Without the namespace's own key some versions look in the policy's namespace only, and what is no pod has no labels
 * that NotIn and DoesNotExist could miss. Only a list of names stands without `Exists`.
 */
function namespaceRequirements(selector: LabelSelector): LabelSelector {
  const words = selector.map(inCiliumWords);
  const isNamed = words.some(({ key, operator }) => key === NAMESPACE && operator === 'In');
  return isNamed ? words : [{ key: NAMESPACE, operator: 'Exists', values: [] }, ...words];
}

function inCiliumWords(requirement: Requirement): Requirement {
  const { key } = requirement;
  return { ...requirement, key: key === NAMESPACE_NAME ? NAMESPACE : NAMESPACE_LABEL + key };
}
