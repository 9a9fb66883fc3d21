import type { Direction } from '../../src/model/direction.ts';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import { contains, parseIpAddress, parseIpRange } from '../../src/policy/ip-range.ts';
import { calicoAnswers } from './calico-matches.ts';

type Labels = Readonly<Record<string, string>>;

interface Entity {
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly (number | string)[];
  readonly services?: object;
}

interface CalicoRule {
  readonly action: string;
  readonly protocol?: string;
  readonly source?: Entity;
  readonly destination?: Entity;
}

/** A NetworkPolicy or GlobalNetworkPolicy of projectcalico.org/v3, as far as Postern writes them. */
export interface CalicoPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly tier?: string;
    readonly order?: number;
    readonly selector: string;
    readonly namespaceSelector?: string;
    readonly types: readonly Direction[];
    readonly ingress?: readonly CalicoRule[];
    readonly egress?: readonly CalicoRule[];
  };
}

/** One end of a connection, asked about. */
export interface Try {
  readonly flow: Flow;
  readonly end: Direction;
}

/**
 * What Calico answers to each try: policies in their order, rules from the top, the first that matches decides, and
 * whatever no rule of the tier matches is denied. Written from Calico's documents, with nothing of Postern's renderer;
 * whom a selector means is asked of Calico's own parser.
 */
export function calicoVerdicts(policies: readonly CalicoPolicy[], tries: readonly Try[]): readonly boolean[] {
  const matches = askAll(policies, tries);
  const inOrder = [...policies].sort((a, b) => (a.spec.order ?? Infinity) - (b.spec.order ?? Infinity));
  return tries.map(({ flow, end }) => {
    const self = end === 'Ingress' ? flow.destination : flow.source;
    const own = inOrder.filter((policy) => policy.spec.types.includes(end) && selects(policy, self, matches));
    if (own.length === 0) return true;
    const rules = own.flatMap((policy) => rulesOf(policy, end).map((rule) => ({ rule, policy })));
    return rules.find(({ rule, policy }) => matchesRule(rule, policy, flow, matches))?.rule.action === 'Allow';
  });
}

type Matches = (selector: string, labels: Labels) => boolean;

/** Every selector on every set of labels, in one run of Calico's parser. */
function askAll(policies: readonly CalicoPolicy[], tries: readonly Try[]): Matches {
  const pods = distinct(
    tries.flatMap(({ flow }) => [flow.source, flow.destination]).filter((end) => end.kind === 'pod'),
  );
  const asked = (selectors: readonly (string | undefined)[], labels: readonly Labels[]) =>
    distinct(selectors.filter((selector) => selector !== undefined)).flatMap((selector) =>
      distinct(labels).map((each) => ({ selector, labels: each })),
    );
  const entities = policies.flatMap(({ spec }) =>
    [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ source, destination }) => [source, destination]),
  );
  const questions = [
    ...asked(
      [...policies.map(({ spec }) => spec.selector), ...entities.map((entity) => entity?.selector)],
      pods.map(podLabels),
    ),
    ...asked(
      [...policies.map(({ spec }) => spec.namespaceSelector), ...entities.map((entity) => entity?.namespaceSelector)],
      pods.map(namespaceLabels),
    ),
  ];
  const answers = calicoAnswers(questions);
  const known = new Map(
    questions.map(({ selector, labels }, index) => {
      const answer = answers[index];
      if (answer === undefined || answer.refusal !== undefined) throw new Error(`${selector}: ${answer?.refusal}`);
      return [keyOf(selector, labels), answer.matches];
    }),
  );
  return (selector, labels) => {
    const answer = known.get(keyOf(selector, labels));
    if (answer === undefined) throw new Error(`${selector} was not asked`);
    return answer;
  };
}

type Pod = Extract<Endpoint, { kind: 'pod' }>;

/** What Calico adds to the labels of a pod. */
function podLabels({ labels, namespace }: Pod): Labels {
  return { ...labels, 'projectcalico.org/namespace': namespace, 'projectcalico.org/orchestrator': 'k8s' };
}

function namespaceLabels({ namespace, namespaceLabels }: Pod): Labels {
  return { ...namespaceLabels, 'projectcalico.org/name': namespace };
}

function selects({ kind, metadata, spec }: CalicoPolicy, end: Endpoint, matches: Matches): boolean {
  if (end.kind !== 'pod') return false;
  const isThere =
    kind === 'GlobalNetworkPolicy'
      ? spec.namespaceSelector === undefined || matches(spec.namespaceSelector, namespaceLabels(end))
      : end.namespace === (metadata.namespace ?? 'default');
  return isThere && matches(spec.selector, podLabels(end));
}

function rulesOf({ spec }: CalicoPolicy, end: Direction): readonly CalicoRule[] {
  return (end === 'Ingress' ? spec.ingress : spec.egress) ?? [];
}

function matchesRule(rule: CalicoRule, policy: CalicoPolicy, flow: Flow, matches: Matches): boolean {
  const { protocol, source = {}, destination = {} } = rule;
  return (
    (protocol === undefined || protocol === flow.protocol) &&
    source.ports === undefined &&
    (destination.ports === undefined || destination.ports.some((port) => isPort(port, flow.port))) &&
    isEntity(source, policy, flow.source, matches) &&
    isEntity(destination, policy, flow.destination, matches)
  );
}

function isPort(written: number | string, port: number): boolean {
  const [first, last = first] = String(written).split(':').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}

function isEntity(entity: Entity, policy: CalicoPolicy, end: Endpoint, matches: Matches): boolean {
  if (entity.services !== undefined) return false;
  return isSelected(entity, policy, end, matches) && isInNets(entity, end);
}

function isSelected(
  { selector, namespaceSelector }: Entity,
  { kind, metadata }: CalicoPolicy,
  end: Endpoint,
  matches: Matches,
): boolean {
  if (selector === undefined && namespaceSelector === undefined) return true;
  if (end.kind !== 'pod') return false;
  const isThere =
    namespaceSelector !== undefined
      ? matches(namespaceSelector, namespaceLabels(end))
      : kind === 'GlobalNetworkPolicy' || end.namespace === (metadata.namespace ?? 'default');
  return isThere && (selector === undefined || matches(selector, podLabels(end)));
}

/** Pods have addresses that nobody here knows, so ranges are tried with addresses only, as in Postern's own reader. */
function isInNets({ nets, notNets }: Entity, end: Endpoint): boolean {
  if (nets === undefined && notNets === undefined) return true;
  if (end.kind !== 'ip') return false;
  const address = parseIpAddress(end.address);
  const isIn = (net: string): boolean => {
    const range = parseIpRange(net);
    return address !== undefined && range !== undefined && contains(range, address);
  };
  return (nets === undefined || nets.some(isIn)) && !(notNets ?? []).some(isIn);
}

function keyOf(selector: string, labels: Labels): string {
  return `${selector} ${JSON.stringify(labels)}`;
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
