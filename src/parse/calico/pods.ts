import type { LabelSelector, Requirement } from '../../model/label-selector.ts';
import type { PodsPeer } from '../../model/network-policy.ts';
import { selects } from '../../policy/match-labels.ts';
import { NAMESPACE_NAME, namespaceNamed } from '../../policy/selector.ts';
import { type Fields, string } from '../fields.ts';
import { readSelector } from './selector.ts';

/** Pods that two selectors find together; or why it cannot be told which. */
export type PodsRead = { readonly pods: readonly PodsPeer[] } | { readonly why: string };

/** Where the selectors of pods and of their namespaces stand, and the namespace of the policy (undefined: of none). */
export interface PodsWritten {
  readonly fields: Fields;
  readonly pods: 'selector' | 'notSelector';
  readonly namespaces: 'namespaceSelector' | undefined;
  readonly own: string | undefined;
}

/** Reads the pods of an entity or of a policy; a selector of them alone stays in the namespace of the policy. */
export function readPods({ fields, pods, namespaces, own }: PodsWritten): PodsRead {
  const namespaceText = namespaces && string(fields, namespaces);
  // These are Calico's own sets of addresses, and nodes.
  if (namespaceText !== undefined && /^\s*global\(\s*\)\s*$/.test(namespaceText)) return { pods: [] };
  const places = namespaceText === undefined ? undefined : readAlternatives(namespaceText);
  const labels = readAlternatives(string(fields, pods) ?? '');
  if ('why' in labels) return labels;
  if (places !== undefined && 'why' in places) return places;
  const around: readonly (LabelSelector | undefined)[] =
    places === undefined ? [own === undefined ? [] : undefined] : places.alternatives.map(renameNamespaceKeys);
  const found = around.flatMap((place) => labels.alternatives.map((selector) => podsAt(selector, place, own)));
  const unknown = found.find((one) => typeof one === 'string');
  if (unknown !== undefined) return { why: `asks for the label "${unknown}", of which these resources say nothing` };
  return { pods: found.flatMap((one) => (typeof one === 'object' ? [one] : [])) };
}

function readAlternatives(
  text: string,
): { readonly alternatives: readonly LabelSelector[] } | { readonly why: string } {
  const read = readSelector(text);
  if ('alternatives' in read) return read;
  return { why: read.fault === 'size' ? 'has too many alternatives' : `must be a selector of Calico's, got "${text}"` };
}

const OF_NAMESPACE = 'pcns.';
const NAMESPACE = 'projectcalico.org/namespace';
const ORCHESTRATOR = 'projectcalico.org/orchestrator';
const NOT_IN_MANIFESTS = /^(projectcalico\.org\/serviceaccount$|pcsa\.)/;

/** The pods of one alternative: undefined where there can be none, the label where it is not known. */
function podsAt(
  selector: LabelSelector,
  place: LabelSelector | undefined,
  own: string | undefined,
): PodsPeer | string | undefined {
  const unknown = selector.find(({ key }) => NOT_IN_MANIFESTS.test(key));
  if (unknown !== undefined) return unknown.key;
  const said = selector.filter(({ key }) => key === ORCHESTRATOR);
  if (!selects(said, { [ORCHESTRATOR]: 'k8s' })) return undefined;
  const ofNamespace = selector.flatMap(requirementOfNamespace).filter((one) => !isAnyNamespace(one));
  const podSelector = selector.filter((one) => requirementOfNamespace(one).length === 0 && one.key !== ORCHESTRATOR);
  const base = place ?? (own === undefined || own === '' || ofNamespace.length === 0 ? undefined : namespaceNamed(own));
  const namespaceSelector =
    base === undefined && ofNamespace.length === 0 ? undefined : [...(base ?? []), ...ofNamespace];
  return { kind: 'pods', namespaceSelector, podSelector };
}

function requirementOfNamespace(requirement: Requirement): readonly Requirement[] {
  const { key } = requirement;
  if (key === NAMESPACE) return [{ ...requirement, key: NAMESPACE_NAME }];
  return key.startsWith(OF_NAMESPACE) ? [{ ...requirement, key: key.slice(OF_NAMESPACE.length) }] : [];
}

/** Calico labels namespaces with their names, too. */
function renameNamespaceKeys(selector: LabelSelector): LabelSelector {
  return selector
    .map((one) => (one.key === 'projectcalico.org/name' ? { ...one, key: NAMESPACE_NAME } : one))
    .filter((one) => !isAnyNamespace(one));
}

/** Every pod has a namespace with a name, also where the input does not say it. */
function isAnyNamespace({ key, operator }: Requirement): boolean {
  return key === NAMESPACE_NAME && operator === 'Exists';
}
