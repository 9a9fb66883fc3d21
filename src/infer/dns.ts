import type { Config } from '../model/config.ts';
import type { Settings } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { unionAll } from '../policy/port-set.ts';
import { allow, type RuleSet } from '../policy/rule-set.ts';
import type { Cluster } from './cluster.ts';
import { ipBlock } from './ip-blocks.ts';
import type { Isolation } from './isolation.ts';
import { aliasPeer } from './resolve-item.ts';
import { writtenPorts } from './target-ports.ts';

/** Where name resolution is allowed: whatever is isolated for egress needs it. */
export interface DnsPlan {
  /** One policy for all pods of the namespace. */
  readonly wholeNamespace: (namespace: string) => boolean;
  /** In the workload's own policy. */
  readonly ownPolicy: (workload: Workload) => boolean;
  readonly rules: RuleSet;
}

/**
 * Decides where DNS stands. One workload without it moves it from the namespace's policy into those of the others,
 * since policies only add.
 */
export function planDns(cluster: Cluster, settings: ReadonlyMap<Resource, Settings>, isolation: Isolation): DnsPlan {
  const without = (resource: Resource | undefined): boolean =>
    resource !== undefined && settings.get(resource)?.noDns === true;
  const noDns = ({ resource, namespace }: Workload): boolean =>
    without(resource) || without(cluster.namespaces.get(namespace));
  const withoutDns = new Set(cluster.workloads.filter(noDns).map(({ namespace }) => namespace));
  const wholeNamespace = (namespace: string): boolean =>
    isolation.wholeNamespace(namespace, 'Egress') &&
    !without(cluster.namespaces.get(namespace)) &&
    !withoutDns.has(namespace);
  return {
    wholeNamespace,
    ownPolicy: (workload) =>
      isolation.closes(workload, 'Egress') && !noDns(workload) && !wholeNamespace(workload.namespace),
    rules: dnsRules(cluster.config),
  };
}

/** What every name look-up needs: the cluster's DNS, and the node's cache where there is one. */
function dnsRules({ dns }: Config): RuleSet {
  const rules: RuleSet = new Map();
  for (const peer of dns.peers) {
    if (peer.kind === 'items') continue;
    const resolved = aliasPeer(peer);
    const ports = unionAll((peer.ports ?? DNS_PORTS).map((term) => writtenPorts(term) ?? []));
    if (resolved.kind === 'podSet') {
      allow(rules, { ...resolved, kind: 'pods' }, ports, ['dns']);
    } else if (resolved.kind === 'outside') {
      for (const block of resolved.peers) allow(rules, block, ports, ['dns']);
    }
  }
  const cachePorts = unionAll(DNS_PORTS.map((term) => writtenPorts(term) ?? []));
  for (const cidr of dns.nodeLocal) allow(rules, ipBlock(cidr, []), cachePorts, ['dns']);
  return rules;
}

const DNS_PORTS = [
  { kind: 'range', port: 53, endPort: 53, protocol: 'UDP' },
  { kind: 'range', port: 53, endPort: 53, protocol: 'TCP' },
] as const;
