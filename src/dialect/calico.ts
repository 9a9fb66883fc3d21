import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import { isService } from '../policy/peer.ts';
import { type CalicoForm, renderCalicoPolicy } from './calico/policy.ts';
import { kubernetesSpec } from './k8s.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';
import { namesOf, writePolicies } from './write-policies.ts';

const API = 'projectcalico.org/v3';
const STAGED = { stagedAction: 'Set' } as const;

const ENFORCED_FORM: CalicoForm = { type: { apiVersion: API, kind: 'NetworkPolicy' }, extra: {} };
const STAGED_FORM: CalicoForm = { type: { apiVersion: API, kind: 'StagedNetworkPolicy' }, extra: STAGED };
const STAGED_KUBERNETES = { apiVersion: API, kind: 'StagedKubernetesNetworkPolicy' };

/**
 * Writes projectcalico.org/v3 NetworkPolicies, or staged ones, which Calico evaluates and never enforces. Beside plain
 * NetworkPolicies they mean the same as one of those would.
 */
export function renderCalico(policies: readonly PlannedPolicy[], context: RenderContext): RenderedPolicy[] {
  const taken = namesOf(policies);
  return policies.flatMap((planned) => {
    if (context.config.mode === 'enforce') return renderCalicoPolicy(planned, ENFORCED_FORM, taken, context);
    if (followsServices(planned.policy)) return renderCalicoPolicy(planned, STAGED_FORM, taken, context);
    return writePolicies([planned], context, STAGED_KUBERNETES, stagedSpec, taken);
  });
}

function stagedSpec(policy: NetworkPolicy): object {
  return { ...STAGED, ...kubernetesSpec(policy) };
}

/** Whether a policy says what only Calico's own kind can. */
function followsServices({ ingress = [], egress = [] }: NetworkPolicy): boolean {
  return [...ingress, ...egress].some(({ peers }) => peers !== 'all' && peers.some(isService));
}
