import { DIRECTIONS, type Direction } from '../../model/direction.ts';
import type { NetworkPolicy, PodsPeer } from '../../model/network-policy.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import { boolean, type Fields, fieldsOf, mapping } from '../fields.ts';
import { entries, isPresent } from '../network-policy-rule.ts';
import type { ReadObject } from '../resource.ts';
import { refused, unread, warnUnknownFields } from '../unread.ts';
import { readEndpointSelector, whyUnknown } from './endpoint-selector.ts';
import { readRules, SECTIONS } from './rules.ts';

/**
 * Reads a CiliumNetworkPolicy, or a clusterwide one where `namespace` is undefined: one policy for its `spec` and for
 * each of its `specs`. What is about nodes is none, since no pod is concerned.
 */
export function readCiliumPolicy(
  { resource, fields }: ReadObject,
  namespace: string | undefined,
  report: Report,
): readonly NetworkPolicy[] {
  const root = fieldsOf(fields.value, placeOf(resource), report);
  const spec = mapping(root, 'spec');
  return [...(spec === undefined ? [] : [spec]), ...entries(root, 'specs')].flatMap((one) => {
    const subject = readSubject(one, namespace);
    if (subject === undefined) return [];
    const rules = { Ingress: readRules(one, 'Ingress', namespace), Egress: readRules(one, 'Egress', namespace) };
    return {
      name: resource.name,
      namespace: namespace ?? '',
      podSelector: subject.podSelector,
      ingress: rules.Ingress,
      egress: rules.Egress,
      resource,
      foreign: {
        api: 'cilium',
        kind: resource.kind,
        subjects: [subject],
        closes: DIRECTIONS.filter((direction) => rules[direction] !== undefined && isDefaultDeny(one, direction)),
      },
    };
  });
}

const KNOWN: readonly string[] = [
  'endpointSelector',
  'nodeSelector',
  'enableDefaultDeny',
  'description',
  'labels',
  'log',
  ...SECTIONS.map(({ key }) => key),
];

/** The pods that it selects; undefined where it selects none, or it cannot be told which. */
function readSubject(spec: Fields, namespace: string | undefined): PodsPeer | undefined {
  warnUnknownFields(spec, KNOWN, 'the policy is read without it');
  if (isPresent(spec, 'nodeSelector')) {
    if (namespace !== undefined) refused(spec, 'nodeSelector', 'must not stand in a policy of a namespace');
    return undefined;
  }
  const selector = readEndpointSelector(spec, 'endpointSelector');
  if (selector === undefined) {
    refused(spec, 'endpointSelector', 'must be there, if only as {}');
    return undefined;
  }
  const { pod, namespace: namespaceSelector, reserved, unknown } = selector;
  const [first] = unknown;
  if (first !== undefined) {
    unread(spec, 'endpointSelector', `${whyUnknown(first)}: the policy is not counted`);
    return undefined;
  }
  if (reserved.some(({ operator }) => operator === 'In' || operator === 'Exists')) return undefined;
  // In a namespaced policy another namespace can be written and does not count.
  return {
    kind: 'pods',
    namespaceSelector: namespace === undefined ? (namespaceSelector ?? []) : undefined,
    podSelector: pod,
  };
}

/** Where it is not said, a section closes its direction. */
function isDefaultDeny(spec: Fields, direction: Direction): boolean {
  const said = mapping(spec, 'enableDefaultDeny');
  return (said && boolean(said, direction.toLowerCase())) ?? true;
}
