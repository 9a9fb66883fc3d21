import { namespaceLabels } from '../infer/cluster.ts';
import { selectWorkloads } from '../infer/label-index.ts';
import { whyIdle } from '../infer/why-idle.ts';
import type { NetworkPolicy, PodsPeer } from '../model/network-policy.ts';
import { selects } from '../policy/match-labels.ts';
import { isGenerated } from './is-generated.ts';
import type { Lint, Linted } from './lint.ts';
import { placedRules } from './placed-rules.ts';

/**
 * Peers of hand-written policies that name no pods, in namespaces whose workloads are in the input. Those of generated
 * ones nobody mistyped: names were looked up when they were written, and pods of the config's `dns` and `mesh` may be
 * installed by others, beside workloads that are here.
 */
export const lintIdlePeers: Lint = (linted) => {
  const policies = linted.policies.filter(({ policy }) => !isGenerated(policy));
  for (const { policy, direction, rule, path, place } of placedRules({ policies })) {
    for (const [index, peer] of (rule.peers === 'all' ? [] : rule.peers).entries()) {
      if (peer.kind !== 'pods' || peer.podSelector.length === 0) continue;
      const namespaces = namespacesOf(linted, policy, peer);
      if (namespaces.length === 0 || hasPods(linted, namespaces, peer)) continue;
      const plain = `${path}.${direction === 'Ingress' ? 'from' : 'to'}[${index}].podSelector`;
      const field = policy.foreign === undefined ? plain : path;
      const message = `selects no pods of these resources: ${whyIdle(linted.cluster, namespaces, peer.podSelector)}`;
      linted.report({ ...place, field, code: 'idle-peer', severity: 'warning', message });
    }
  }
};

/** The namespaces of the input that a peer is about; none where it may find pods that are rendered elsewhere. */
function namespacesOf({ cluster }: Linted, { namespace }: NetworkPolicy, peer: PodsPeer): readonly string[] {
  const { namespaceSelector } = peer;
  if (namespaceSelector?.length === 0) return [];
  return [...cluster.workloadsIn.keys()].filter((name) =>
    namespaceSelector === undefined ? name === namespace : selects(namespaceSelector, namespaceLabels(cluster, name)),
  );
}

function hasPods({ cluster }: Linted, namespaces: readonly string[], { podSelector }: PodsPeer): boolean {
  return namespaces.some((name) => selectWorkloads(cluster.labelIndex, name, podSelector).length > 0);
}
