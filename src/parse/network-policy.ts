import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';
import { placeOf, type Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import { type Fields, fieldsOf, list, mapping, pathOf, wrongType } from './fields.ts';
import { readLabelSelector } from './label-selector.ts';
import { entries, isPresent, readRule } from './network-policy-rule.ts';

/**
 * Reads a hand-written NetworkPolicy as the API server would: `networking.k8s.io/v1`, or the old
 * `extensions/v1beta1`, which has the same fields.
 *
 * Fields of a wrong type are errors. What is well-formed but refused by the API's validation (an empty peer, a range that
 * ends before it starts) is the warning `invalid-policy` and matches nothing: the object is not ours to judge, and must
 * not open a door either.
 *
 * @param namespace of the policy, for matching
 * @returns undefined, after a report, where it cannot be known which pods the policy is about
 */
export function readNetworkPolicy(
  resource: Resource,
  value: Readonly<Record<string, unknown>>,
  namespace: string,
  report: Report,
): NetworkPolicy | undefined {
  const root = fieldsOf(value, placeOf(resource), report);
  const spec = mapping(root, 'spec') ?? (isPresent(root, 'spec') ? undefined : root.within('spec', {}));
  const podSelector = spec && readPodSelector(spec);
  if (spec === undefined || podSelector === undefined) return undefined;
  const types = readPolicyTypes(spec);
  return {
    name: resource.name,
    namespace,
    podSelector,
    ingress: types.has('Ingress') ? readRules(spec, 'ingress', 'from') : undefined,
    egress: types.has('Egress') ? readRules(spec, 'egress', 'to') : undefined,
    resource,
  };
}

/** An absent podSelector decodes to the empty one, which selects every pod. */
function readPodSelector(spec: Fields): LabelSelector | undefined {
  return readLabelSelector(spec, 'podSelector') ?? (isPresent(spec, 'podSelector') ? undefined : []);
}

/** "If this field is not specified, it will default based on the existence of ingress or egress rules." */
function readPolicyTypes(spec: Fields): ReadonlySet<Direction> {
  const types = list(spec, 'policyTypes');
  if (types.length === 0) return new Set(list(spec, 'egress').length > 0 ? DIRECTIONS : ['Ingress']);
  return new Set(types.flatMap((type, index) => readPolicyType(spec, type, index)));
}

function readPolicyType(spec: Fields, type: unknown, index: number): readonly Direction[] {
  const direction = DIRECTIONS.find((known) => known === type);
  if (direction !== undefined) return [direction];
  wrongType(spec, `${pathOf(spec, 'policyTypes')}[${index}]`, `one of ${DIRECTIONS.join(', ')}`, type);
  return [];
}

function readRules(spec: Fields, key: string, peersKey: 'from' | 'to'): readonly Rule[] {
  return entries(spec, key).map((rule) => readRule(rule, peersKey));
}
