import { DIRECTIONS, type Direction } from '../../model/direction.ts';
import { DEFAULT_TIER, type NetworkPolicy } from '../../model/network-policy.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import { type Fields, fieldsOf, list, mapping, string } from '../fields.ts';
import { isPresent } from '../network-policy-rule.ts';
import type { ReadObject } from '../resource.ts';
import { unread, warnUnknownFields } from '../unread.ts';
import { readPods } from './pods.ts';
import { readRules } from './rules.ts';

const KNOWN: readonly string[] = [
  'tier',
  'order',
  'selector',
  'namespaceSelector',
  'types',
  'ingress',
  'egress',
  'applyOnForward',
  'doNotTrack',
  'preDNAT',
  'performanceHints',
  'serviceAccountSelector',
];

/**
 * Reads a NetworkPolicy of Calico, or a GlobalNetworkPolicy where `namespace` is undefined. Its tier has no place among
 * the others yet.
 */
export function readCalicoPolicy(
  { resource, fields }: ReadObject,
  namespace: string | undefined,
  report: Report,
): readonly NetworkPolicy[] {
  const root = fieldsOf(fields.value, placeOf(resource), report);
  const spec = mapping(root, 'spec') ?? root.within('spec', {});
  warnUnknownFields(spec, KNOWN, 'the policy is read without it');
  // These are about nodes, and about traffic before it is known whose it is.
  if (spec.value['doNotTrack'] === true || spec.value['preDNAT'] === true) return [];
  const subjects = readSubjects(spec, namespace);
  if (subjects === undefined) return [];
  const types = readTypes(spec);
  const rulesFor = (direction: Direction): NetworkPolicy['ingress'] =>
    types.includes(direction) ? readRules(spec, direction, namespace) : undefined;
  const [first] = subjects;
  const tier = string(spec, 'tier') || DEFAULT_TIER.tier;
  return [
    {
      name: resource.name,
      namespace: namespace ?? '',
      podSelector: first?.podSelector ?? [],
      ingress: rulesFor('Ingress'),
      egress: rulesFor('Egress'),
      resource,
      foreign: {
        api: 'calico',
        kind: `Calico ${resource.kind}`,
        subjects,
        closes: types,
        rank: { tier, order: DEFAULT_TIER.order, policy: readOrder(spec) },
      },
    },
  ];
}

/** The last of all, where it is not said. */
function readOrder(spec: Fields): number {
  const order = spec.value['order'];
  return typeof order === 'number' ? order : Number.POSITIVE_INFINITY;
}

function readSubjects(
  spec: Fields,
  namespace: string | undefined,
): NonNullable<NetworkPolicy['foreign']>['subjects'] | undefined {
  if (isPresent(spec, 'serviceAccountSelector') && spec.value['serviceAccountSelector'] !== '') {
    unread(
      spec,
      'serviceAccountSelector',
      'asks for service accounts, which are not compared: the policy is not counted',
    );
    return undefined;
  }
  const namespaces = namespace === undefined ? 'namespaceSelector' : undefined;
  const read = readPods({ fields: spec, pods: 'selector', namespaces, own: namespace });
  if ('pods' in read) return read.pods;
  unread(spec, 'selector', `${read.why}: the policy is not counted`);
  return undefined;
}

/** "Ingress" where nothing is said and there are no rules. */
function readTypes(spec: Fields): readonly Direction[] {
  const written = list(spec, 'types');
  if (written.length > 0) return DIRECTIONS.filter((direction) => written.includes(direction));
  const filled = DIRECTIONS.filter((direction) => list(spec, direction.toLowerCase()).length > 0);
  return filled.length > 0 ? filled : ['Ingress'];
}
