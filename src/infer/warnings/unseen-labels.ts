import { DIALECT_FACTS } from '../../model/dialect.ts';
import type { NetworkPolicy, PodsPeer } from '../../model/network-policy.ts';
import { placeOf } from '../../model/problem.ts';
import { rulesOf } from '../../policy/rules-of.ts';
import type { Finished } from './warning.ts';

/** Policies that tell pods by labels which the dialect's agents do not look at: they select nobody, or too many. */
export function warnUnseenLabels({ cluster, policies, report }: Finished): void {
  const { dialect, place } = cluster.config;
  const { unseenLabels } = DIALECT_FACTS[dialect];
  if (unseenLabels === undefined) return;
  for (const { subject, policy } of policies) {
    for (const key of new Set(keysOf(policy).filter((each) => unseenLabels.test(each)))) {
      const message =
        `needs the label "${key}" of pods in the policy "${policy.name}", and Cilium leaves it out unless its agents' ` +
        '"labels" say otherwise, so that no pod has it there: tell the pods by another label';
      const where = subject === undefined ? place : placeOf(subject);
      report({ ...where, code: 'unseen-label', severity: 'warning', message, got: key });
    }
  }
}

/** Those of pods; of namespaces every label is known. */
function keysOf(policy: NetworkPolicy): readonly string[] {
  const rules = [...(rulesOf(policy, 'Ingress') ?? []), ...(rulesOf(policy, 'Egress') ?? [])];
  const peers = rules.flatMap((rule) => (rule.peers === 'all' ? [] : rule.peers));
  const pods = peers.filter((peer): peer is PodsPeer => peer.kind === 'pods');
  return [policy, ...pods].flatMap(({ podSelector }) => podSelector.map(({ key }) => key));
}
