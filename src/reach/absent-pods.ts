import type { End } from '../model/end.ts';
import type { Endpoint } from '../model/flow.ts';
import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import type { NetworkPolicy, PodsPeer } from '../model/network-policy.ts';
import type { StringMap } from '../model/resource.ts';
import { selects } from '../policy/match-labels.ts';
import { NAMESPACE_NAME, namespaceNamed, selectorKey } from '../policy/selector.ts';
import { subjectsOf } from '../policy/subjects-of.ts';
import type { PolicyIndex } from './index-policies.ts';
import { indexPeers } from './peer-classes.ts';

/** Stands for a namespace that nobody named: no namespace can be called so. */
const ANY_NAMESPACE = '*';

/** A value that no selector asks for by name. */
const ANY_VALUE = '*';

/** More combinations of values of one selector are not told apart. */
const MOST_COMBINATIONS = 16;

/**
 * Pods that policies select or let through and that the input does not have: those of another build, or of an operator.
 * Last come the pods that nobody names at all, in a namespace that nobody names.
 *
 * @param labelsOf labels of a namespace, as far as they are known
 */
export function endsOfAbsentPods(
  policies: readonly NetworkPolicy[],
  index: PolicyIndex,
  present: readonly Endpoint[],
  labelsOf: (namespace: string) => StringMap,
): readonly End[] {
  const peersOf = indexPeers(present, index);
  const missing = distinctPods(policies).filter(({ policy, peer }) => peersOf(policy, peer).classes.length === 0);
  const [placed, adrift] = [missing.filter(isPlaced), missing.filter((pods) => !isPlaced(pods))];
  const found = new Map<string, End>();
  for (const pods of placed) for (const end of endsInNamespaces(pods, labelsOf)) found.set(end.name, end);
  for (const pods of adrift) {
    // Where one policy says which namespace, another's "any namespace" is no other pod.
    if ([...found.values()].some(({ endpoint }) => isPeer(pods, endpoint))) continue;
    for (const end of endsAnywhere(pods)) found.set(end.name, end);
  }
  return [...found.values(), OTHERS];
}

/** Pods that a peer means, as the input does not have them: `namespace` is that of a peer that says none. */
export function endsOfAbsentPeer(
  peer: PodsPeer,
  namespace: string,
  labelsOf: (namespace: string) => StringMap,
): readonly End[] {
  const pods = { policy: { namespace }, peer };
  return isPlaced(pods) ? endsInNamespaces(pods, labelsOf) : endsAnywhere(pods);
}

const OTHERS: End = {
  kind: 'others',
  name: 'other pods',
  namespace: undefined,
  endpoint: {
    kind: 'pod',
    namespace: ANY_NAMESPACE,
    labels: {},
    namespaceLabels: { [NAMESPACE_NAME]: ANY_NAMESPACE },
    ports: [],
  },
  workloads: [],
};

/** Pods that a policy speaks of, as its subject or as a peer. */
interface SpokenOf {
  readonly policy: NetworkPolicy;
  readonly peer: PodsPeer;
}

function distinctPods(policies: readonly NetworkPolicy[]): readonly SpokenOf[] {
  const distinct = new Map<string, SpokenOf>();
  for (const policy of policies) {
    const { ingress = [], egress = [] } = policy;
    const peers = [...ingress, ...egress].flatMap((rule) => (rule.peers === 'all' ? [] : rule.peers));
    for (const peer of [...subjectsOf(policy), ...peers]) {
      if (peer.kind !== 'pods') continue;
      const selector = peer.namespaceSelector ?? namespaceNamed(policy.namespace);
      distinct.set(`${selectorKey(selector)} / ${selectorKey(peer.podSelector)}`, { policy, peer });
    }
  }
  return [...distinct.values()];
}

/** Whether the namespace is told by its name. */
function isPlaced({ peer: { namespaceSelector } }: Pick<SpokenOf, 'peer'>): boolean {
  return namespaceSelector === undefined || namesIn(namespaceSelector).length > 0;
}

function namesIn(selector: LabelSelector): readonly string[] {
  return selector.find(({ key, operator }) => key === NAMESPACE_NAME && operator === 'In')?.values ?? [];
}

function endsInNamespaces(
  { policy, peer }: { readonly policy: Pick<NetworkPolicy, 'namespace'>; readonly peer: PodsPeer },
  labelsOf: (namespace: string) => StringMap,
): readonly End[] {
  const { namespaceSelector, podSelector } = peer;
  const names = namespaceSelector === undefined ? [policy.namespace] : namesIn(namespaceSelector);
  return names.flatMap((namespace) => {
    const [certain = {}] = labelsFor(namespaceSelector ?? []);
    const namespaceLabels = { ...certain, ...labelsOf(namespace), ...named(namespace) };
    if (namespaceSelector !== undefined && !selects(namespaceSelector, namespaceLabels)) return [];
    return endsWith(podSelector, { namespace, namespaceLabels, place: namespace });
  });
}

function endsAnywhere({ peer: { namespaceSelector = [], podSelector } }: Pick<SpokenOf, 'peer'>): readonly End[] {
  const [certain = {}] = labelsFor(namespaceSelector);
  const namespaceLabels = { ...named(ANY_NAMESPACE), ...certain };
  if (!selects(namespaceSelector, namespaceLabels)) return [];
  // Every pod of every namespace is what the others stand for.
  if (namespaceSelector.length === 0 && podSelector.length === 0) return [];
  const place = namespaceSelector.length === 0 ? '*' : `[${printSelector(namespaceSelector)}]`;
  return endsWith(podSelector, { namespace: `${ANY_NAMESPACE}${place}`, namespaceLabels, place });
}

function named(namespace: string): StringMap {
  return namespace === '' ? {} : { [NAMESPACE_NAME]: namespace };
}

interface Place {
  readonly namespace: string;
  readonly namespaceLabels: StringMap;
  /** What to call it. */
  readonly place: string;
}

function endsWith(selector: LabelSelector, { namespace, namespaceLabels, place }: Place): readonly End[] {
  const prefix = place === '' ? '' : `${place}/`;
  return labelsFor(selector)
    .filter((labels) => selects(selector, labels))
    .map((labels) => ({
      kind: 'absent',
      name: prefix + (printLabels(labels) || printSelector(selector) || '*'),
      namespace: namespace.startsWith(ANY_NAMESPACE) ? undefined : namespace,
      endpoint: { kind: 'pod', namespace, labels, namespaceLabels, ports: [] },
      workloads: [],
    }));
}

/** The labels of the pods that a selector means: one set for each choice among the values of its `In`s. */
function labelsFor(selector: LabelSelector): readonly StringMap[] {
  return selector.reduce<readonly StringMap[]>(
    (sets, { key, operator, values }) => {
      if (operator === 'Exists') return sets.map((labels) => ({ [key]: ANY_VALUE, ...labels }));
      if (operator !== 'In' && operator !== 'Like') return sets;
      const choices = sets.flatMap((labels) => values.map((value) => ({ ...labels, [key]: withoutStars(value) })));
      return choices.slice(0, MOST_COMBINATIONS);
    },
    [{}],
  );
}

/** A value that fits a pattern of Calico's; others have no stars, since no label may. */
function withoutStars(value: string): string {
  return value === ANY_VALUE ? value : value.replaceAll('*', '');
}

function isPeer({ policy, peer }: SpokenOf, endpoint: Endpoint): boolean {
  if (endpoint.kind !== 'pod' || !selects(peer.podSelector, endpoint.labels)) return false;
  return peer.namespaceSelector === undefined
    ? endpoint.namespace === policy.namespace
    : selects(peer.namespaceSelector, endpoint.namespaceLabels);
}

function printLabels(labels: StringMap): string {
  return Object.entries(labels)
    .map(([key, value]) => (value === ANY_VALUE ? key : `${key}=${value}`))
    .join('&');
}

function printSelector(selector: LabelSelector): string {
  return selector.map(printRequirement).join('&');
}

function printRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return `${key}=${values.join('|')}`;
    case 'NotIn':
      return `${key}!=${values.join('|')}`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Like':
      return `${key}=${values.join('|')}`;
    case 'NotLike':
      return `${key}!=${values.join('|')}`;
  }
}
