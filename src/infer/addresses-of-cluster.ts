import type { Config } from '../model/config.ts';
import { says } from '../model/dialect.ts';
import type { IpBlockPeer } from '../model/network-policy.ts';
import type { Problem } from '../model/problem.ts';
import { containsRange, parseIpRange } from '../policy/ip-range.ts';

/**
 * The warning about ranges that are meant for nodes, in a dialect whose ranges never match what is in the cluster;
 * undefined where nothing tells that they are.
 */
export function addressesOfCluster(
  blocks: readonly IpBlockPeer[],
  text: string,
  { dialect, nodes }: Config,
): Problem | undefined {
  if (!says(dialect, 'entities')) return undefined;
  const isApiServer = /^(.*\/)?kube-apiserver(:|$)/.test(text);
  if (!isApiServer && !blocks.some(({ cidr }) => nodes.some((range) => overlap(cidr, range)))) return undefined;
  const instead = isApiServer ? 'give the peer "entities: [kube-apiserver]" beside its addresses' : 'name "nodes"';
  const message =
    `means addresses of the cluster, got "${text}", and in the dialect "${dialect}" ranges never match its nodes and pods: ` +
    `${instead}, unless the agents' policy-cidr-match-mode says otherwise`;
  return { code: 'cidr-of-cluster', severity: 'warning', message, got: text };
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [parseIpRange(one), parseIpRange(other)];
  return a !== undefined && b !== undefined && (containsRange(a, b) || containsRange(b, a));
}
