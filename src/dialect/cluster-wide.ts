import type { ClusterWideApi } from '../model/cluster-wide.ts';
import type { ClusterWidePlan } from '../model/cluster-wide-plan.ts';
import { renderCalicoClusterWide } from './cluster-wide/calico.ts';
import { renderCiliumClusterWide } from './cluster-wide/cilium.ts';
import { renderClusterNetworkPolicies } from './cluster-wide/cluster-network-policy.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';

type ClusterWideRenderer = (plan: ClusterWidePlan, context: RenderContext) => readonly RenderedPolicy[];

const APIS: Readonly<Record<ClusterWideApi, ClusterWideRenderer>> = {
  calico: renderCalicoClusterWide,
  cilium: renderCiliumClusterWide,
  'cluster-network-policy': renderClusterNetworkPolicies,
};

/** The objects of the whole cluster. */
export function renderClusterWide(plan: ClusterWidePlan, context: RenderContext): readonly RenderedPolicy[] {
  return APIS[plan.config.api](plan, context);
}
