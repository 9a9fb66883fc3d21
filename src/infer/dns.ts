import type { PortTerm, Settings } from '../model/declaration.ts';
import type { PortSet } from '../model/port.ts';
import type { Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { portsTo } from '../policy/peer.ts';
import { unionAll } from '../policy/port-set.ts';
import { allow, type RuleSet } from '../policy/rule-set.ts';
import { peersOfConfig, resolveOfConfig } from './config-peers.ts';
import type { Isolation } from './isolation.ts';
import { nodeLocalPeers } from './node-local-dns.ts';
import type { Names } from './resolve-item.ts';
import type { ResolvedPeer } from './resolved.ts';
import { writtenPorts } from './target-ports.ts';

/** Where name resolution is allowed: whatever is isolated for egress needs it. */
export interface DnsPlan {
  /** One policy for all pods of the namespace. */
  readonly wholeNamespace: (namespace: string) => boolean;
  /** In the workload's own policy. */
  readonly ownPolicy: (workload: Workload) => boolean;
  readonly rules: RuleSet;
  /** The object that says that the workload has no name resolution: itself or its Namespace. */
  readonly refusedBy: (workload: Workload) => Resource | undefined;
}

/**
 * Decides where DNS stands. One workload without it moves it from the namespace's policy into those of the others,
 * since policies only add.
 */
export function planDns(
  names: Names,
  settings: ReadonlyMap<Resource, Settings>,
  isolation: Isolation,
  report: Report,
): DnsPlan {
  const { cluster } = names;
  const without = (resource: Resource | undefined): boolean =>
    resource !== undefined && settings.get(resource)?.noDns === true;
  const isRefused = [...settings.values()].some((said) => said.noDns === true);
  const refusedBy = ({ resource, namespace }: Workload): Resource | undefined =>
    isRefused ? [resource, cluster.namespaces.get(namespace)].find(without) : undefined;
  const noDns = (workload: Workload): boolean => refusedBy(workload) !== undefined;
  const withoutDns = new Set(cluster.workloads.filter(noDns).map(({ namespace }) => namespace));
  const wholeNamespace = (namespace: string): boolean =>
    isolation.wholeNamespace(namespace, 'Egress') &&
    !without(cluster.namespaces.get(namespace)) &&
    !withoutDns.has(namespace);
  return {
    wholeNamespace,
    ownPolicy: (workload) =>
      isolation.closes(workload, 'Egress') && !noDns(workload) && !wholeNamespace(workload.namespace),
    rules: dnsRules(names, report),
    refusedBy,
  };
}

/** What every name look-up needs: the cluster's DNS, and the node's cache where there is one. */
export function dnsRules(names: Names, report: Report): RuleSet {
  const rules: RuleSet = new Map();
  for (const { peer, ports } of dnsServers(names, report)) {
    for (const each of peersOfConfig(peer)) allow(rules, each, portsTo(each, ports), ['dns']);
  }
  for (const cache of nodeLocalPeers(names.cluster.config)) allow(rules, cache, dnsPorts(DNS_PORTS), ['dns']);
  return rules;
}

/** A peer of the config's `dns`, with the ports that its pods answer on. */
export interface DnsServer {
  readonly peer: ResolvedPeer;
  readonly ports: PortSet;
}

/** Whom the config names as DNS servers. */
export function dnsServers(names: Names, report: Report): readonly DnsServer[] {
  const { dns, place } = names.cluster.config;
  const at = { ...place, field: 'spec.dns.peers' };
  return dns.peers
    .flatMap((server) => resolveOfConfig(server, names, at, report))
    .map(({ peer, ports }) => ({ peer, ports: dnsPorts(ports ?? DNS_PORTS) }));
}

function dnsPorts(terms: readonly PortTerm[]): PortSet {
  return unionAll(terms.map((term) => writtenPorts(term) ?? []));
}

const DNS_PORTS = [
  { kind: 'range', port: 53, endPort: 53, protocol: 'UDP' },
  { kind: 'range', port: 53, endPort: 53, protocol: 'TCP' },
] as const;
