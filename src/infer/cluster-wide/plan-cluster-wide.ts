import type { ClusterWideApi } from '../../model/cluster-wide.ts';
import type { ClusterWidePlan } from '../../model/cluster-wide-plan.ts';
import type { ClusterWide } from '../../model/config.ts';
import type { DialectName } from '../../model/dialect.ts';
import type { Rule } from '../../model/network-policy.ts';
import type { Report } from '../../model/problem.ts';
import { mergeRules } from '../../policy/merge-rules.ts';
import { NAMESPACE_NAME } from '../../policy/selector.ts';
import { dnsRules } from '../dns.ts';
import type { Names } from '../resolve-item.ts';
import { resolveRails } from './resolve-rails.ts';

/** The dialect in whose words an API for the whole cluster resolves its peers. */
const DIALECT_OF: Readonly<Record<ClusterWideApi, DialectName>> = {
  calico: 'calico',
  cilium: 'cilium',
  'cluster-network-policy': 'kubernetes',
};

/** What holds for the whole cluster, from the config's `clusterWide`. */
export function planClusterWide(clusterWide: ClusterWide, names: Names, report: Report): ClusterWidePlan {
  const own = inDialect(names, DIALECT_OF[clusterWide.api]);
  const dns = mergeRules(dnsRules(own, report));
  reportAdrift(dns, clusterWide, report);
  return {
    config: clusterWide,
    exclude: [...new Set([...names.cluster.config.exclude, ...namespacesOf(dns)])].sort(),
    dns: clusterWide.dns ? dns : [],
    rails: resolveRails(clusterWide.rules, own, report),
  };
}

function inDialect(names: Names, dialect: DialectName): Names {
  const { cluster } = names;
  return { ...names, cluster: { ...cluster, config: { ...cluster.config, dialect } } };
}

/** The namespaces of the name servers: whatever closes them closes everybody's names. */
function namespacesOf(dns: readonly Rule[]): readonly string[] {
  const selectors = dns.flatMap(({ peers }) =>
    peers === 'all' ? [] : peers.flatMap((peer) => (peer.kind === 'pods' ? (peer.namespaceSelector ?? []) : [])),
  );
  return selectors.flatMap(({ key, operator, values }) => (key === NAMESPACE_NAME && operator === 'In' ? values : []));
}

/** Name servers of "the namespace of whoever asks" are nowhere for the whole cluster. */
function reportAdrift(dns: readonly Rule[], { place }: ClusterWide, report: Report): void {
  const isAdrift = dns.some(
    ({ peers }) =>
      peers !== 'all' && peers.some((peer) => peer.kind === 'pods' && peer.namespaceSelector === undefined),
  );
  if (!isAdrift) return;
  const message = 'must know the namespace of the name servers: write it into "dns.peers"';
  report({ ...place, code: 'cluster-wide-peer', severity: 'error', message });
}
