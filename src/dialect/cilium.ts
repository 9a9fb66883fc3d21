import type { Config } from '../model/config.ts';
import type { NetworkPolicy, Rule } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import { ciliumPeers } from './cilium/peers.ts';
import { toPorts } from './cilium/to-ports.ts';
import { expressions } from './expressions.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';
import { writePolicies } from './write-policies.ts';

const TYPE = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' };

/** Writes cilium.io/v2 CiliumNetworkPolicies. */
export function renderCilium(policies: readonly PlannedPolicy[], context: RenderContext): RenderedPolicy[] {
  const { mode } = context.config;
  return writePolicies(policies, context, TYPE, (policy) => ({ ...ciliumSpec(policy), ...cutsNothing(mode) }));
}

/** The `spec` of a CiliumNetworkPolicy that is enforced. */
export function ciliumSpec({
  podSelector,
  ingress,
  egress,
}: Pick<NetworkPolicy, 'podSelector' | 'ingress' | 'egress'>): object {
  return {
    endpointSelector: expressions(podSelector),
    ...(ingress === undefined ? {} : { ingress: section(ingress, 'from') }),
    ...(egress === undefined ? {} : { egress: section(egress, 'to') }),
  };
}

/** Observed policies isolate nobody. Written last, so that the step to enforcing takes away one block. */
export function cutsNothing(mode: Config['mode']): object {
  return mode === 'observe' ? { enableDefaultDeny: { ingress: false, egress: false } } : {};
}

/** Without a rule Cilium takes the section for absent; one empty rule isolates and allows nobody. */
function section(rules: readonly Rule[], end: 'from' | 'to'): object[] {
  return rules.length === 0 ? [{}] : rules.flatMap((rule) => rulesOf(rule, end));
}

/** One rule of Cilium's for each kind of peers: it may not hold several. */
function rulesOf({ peers, ports, requests }: Rule, end: 'from' | 'to'): object[] {
  return ciliumPeers(peers).map(([kind, words]) => ({
    [`${end}${kind}`]: words,
    ...(ports === 'all' ? {} : { toPorts: toPorts(ports, requests) }),
  }));
}
