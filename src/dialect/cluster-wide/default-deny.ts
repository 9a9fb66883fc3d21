import type { ClusterWidePlan } from '../../model/cluster-wide-plan.ts';
import type { NetworkPolicy } from '../../model/network-policy.ts';

/** The sections of a policy that closes everything but name resolution; undefined where the config closes nothing. */
export function sectionsOf({ config, dns }: ClusterWidePlan): Pick<NetworkPolicy, 'ingress' | 'egress'> | undefined {
  const { defaultDeny } = config;
  if (defaultDeny === 'none') return undefined;
  return {
    ingress: defaultDeny === 'egress' ? undefined : [],
    egress: defaultDeny === 'ingress' ? undefined : dns,
  };
}

/** What the provenance of such a policy says. */
export function originsOf({ config }: ClusterWidePlan): readonly string[] {
  return [`config clusterWide.defaultDeny: ${config.defaultDeny}`];
}
