import type { ClusterWidePlan } from '../../model/cluster-wide-plan.ts';
import { namespacesBut } from '../../policy/selector.ts';
import { endpointSelector } from '../cilium/endpoint-selector.ts';
import { ciliumSpec, cutsNothing } from '../cilium.ts';
import type { RenderContext, RenderedPolicy } from '../renderer.ts';
import { writeClusterObject } from './cluster-object.ts';
import { originsOf, sectionsOf } from './default-deny.ts';

const TYPE = { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy' };

/**
 * A CiliumClusterwideNetworkPolicy that closes what nobody opens. It selects pods, which have a namespace: a selector of
 * everything would close Cilium's own ingress, which would answer every request with 403, and its health checks.
 */
export function renderCiliumClusterWide(plan: ClusterWidePlan, context: RenderContext): readonly RenderedPolicy[] {
  const sections = sectionsOf(plan);
  if (sections === undefined) return [];
  const subject = { kind: 'pods', namespaceSelector: namespacesBut(plan.exclude), podSelector: [] } as const;
  const spec = {
    ...ciliumSpec({ podSelector: [], ...sections }),
    endpointSelector: endpointSelector(subject),
    ...cutsNothing(context.config.mode),
  };
  return [
    writeClusterObject({ type: TYPE, suffix: 'default-deny', kind: 'deny', origins: originsOf(plan) }, spec, context),
  ];
}
