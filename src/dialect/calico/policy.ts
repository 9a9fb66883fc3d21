import type { Direction } from '../../model/direction.ts';
import type { PodsPeer } from '../../model/network-policy.ts';
import type { PlannedPolicy } from '../../model/planned-policy.ts';
import { placeOf } from '../../model/problem.ts';
import { rulesOf } from '../../policy/rules-of.ts';
import { partName } from '../part-name.ts';
import type { RenderContext, RenderedPolicy } from '../renderer.ts';
import { typesOf, type WrittenType, writeObject } from '../write-policies.ts';
import { partsOf } from './parts.ts';
import { type CalicoRule, calicoRules } from './rules.ts';
import { selectorTexts } from './selector.ts';

/** Where Calico puts NetworkPolicies of Kubernetes too: beside them the union of what all allow is open. */
const PLACE = { tier: 'default', order: 1000 };

/** What differs between a policy that is enforced and one that is staged. */
export interface CalicoForm {
  readonly type: WrittenType;
  readonly extra: Readonly<Record<string, string>>;
}

/** Writes a policy as one of Calico's, or as several where it is more than one may hold. */
export function renderCalicoPolicy(
  planned: PlannedPolicy,
  { type, extra }: CalicoForm,
  taken: Set<string>,
  context: RenderContext,
): readonly RenderedPolicy[] {
  const { policy } = planned;
  const subjects = selectorTexts(policy.podSelector);
  if (subjects === undefined) reportLong(planned, 'its own pods', context);
  const [ingress, egress] = [partsIn(planned, 'Ingress', context), partsIn(planned, 'Egress', context)];
  const specs = (subjects ?? []).flatMap((selector) =>
    Array.from({ length: Math.max(ingress.length, egress.length) }, (_, index) => ({
      ...extra,
      ...PLACE,
      selector,
      types: typesOf(policy),
      ...(ingress[index]?.length ? { ingress: ingress[index] } : {}),
      ...(egress[index]?.length ? { egress: egress[index] } : {}),
    })),
  );
  return specs.map((spec, index) => writeObject(named(planned, partName(policy, index, taken)), context, type, spec));
}

function partsIn(
  planned: PlannedPolicy,
  direction: Direction,
  context: RenderContext,
): readonly (readonly CalicoRule[])[] {
  const rules = rulesOf(planned.policy, direction) ?? [];
  return partsOf(calicoRules(rules, direction, 'Allow', (peer) => reportLong(planned, textOf(peer), context)));
}

function named(planned: PlannedPolicy, name: string): PlannedPolicy {
  return { ...planned, policy: { ...planned.policy, name } };
}

function textOf({ podSelector }: PodsPeer): string {
  return `pods by ${podSelector.map(({ key }) => key).join(', ')}`;
}

function reportLong({ subject, policy }: PlannedPolicy, what: string, { config, report }: RenderContext): void {
  const message =
    `must select ${what} with fewer or shorter labels: a selector of Calico's holds 1,024 characters, ` +
    `and that of the policy "${policy.name}" would be longer`;
  report({
    ...(subject === undefined ? config.place : placeOf(subject)),
    code: 'long-selector',
    severity: 'error',
    message,
  });
}
