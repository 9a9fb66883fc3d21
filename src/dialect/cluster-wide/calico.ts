import type { ClusterWidePlan } from '../../model/cluster-wide-plan.ts';
import type { LabelSelector } from '../../model/label-selector.ts';
import { calicoRules } from '../calico/rules.ts';
import { PODS_ONLY, selectorTexts } from '../calico/selector.ts';
import type { RenderContext, RenderedPolicy } from '../renderer.ts';
import { typesOf } from '../write-policies.ts';
import { writeClusterObject } from './cluster-object.ts';
import { originsOf, sectionsOf } from './default-deny.ts';

const API = 'projectcalico.org/v3';

/** After the policies of namespaces, which only allow; what a person denies comes before both. */
const ORDER = 2000;

/** The label that Calico gives every namespace to its name. */
const NAME = 'projectcalico.org/name';

/** A GlobalNetworkPolicy that closes what nobody opens, or a staged one. Its rules allow, so that it adds up with others. */
export function renderCalicoClusterWide(plan: ClusterWidePlan, context: RenderContext): readonly RenderedPolicy[] {
  const sections = sectionsOf(plan);
  const namespaces = selectorTexts(namespacesOf(plan));
  if (sections === undefined) return [];
  if (namespaces === undefined) {
    reportLong(plan, context);
    return [];
  }
  const isStaged = context.config.mode === 'observe';
  const type = { apiVersion: API, kind: `${isStaged ? 'Staged' : ''}GlobalNetworkPolicy` };
  const egress = calicoRules(sections.egress ?? [], 'Egress', 'Allow', () => reportLong(plan, context));
  const spec = {
    ...(isStaged ? { stagedAction: 'Set' } : {}),
    tier: 'default',
    order: ORDER,
    namespaceSelector: namespaces[0],
    selector: PODS_ONLY,
    types: typesOf(sections),
    ...(egress.length === 0 ? {} : { egress }),
  };
  return [writeClusterObject({ type, suffix: 'default-deny', kind: 'deny', origins: originsOf(plan) }, spec, context)];
}

/** Ends without a namespace are hosts: closing those cuts the nodes themselves. */
function namespacesOf({ exclude }: ClusterWidePlan): LabelSelector {
  return [
    { key: NAME, operator: 'Exists', values: [] },
    { key: NAME, operator: 'NotIn', values: exclude },
  ];
}

function reportLong({ config }: ClusterWidePlan, { report }: RenderContext): void {
  const message =
    'must name fewer namespaces in "exclude", or shorter labels in "dns.peers": a selector of Calico\'s holds 1,024 characters';
  report({ ...config.place, code: 'long-selector', severity: 'error', message });
}
