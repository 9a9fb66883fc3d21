import type { GuardRail } from '../../model/cluster-wide-plan.ts';
import type { GuardRailEntry } from '../../model/config.ts';
import type { PortTerm } from '../../model/declaration.ts';
import type { IpBlockPeer, PodsPeer } from '../../model/network-policy.ts';
import type { PortSet } from '../../model/port.ts';
import type { Report } from '../../model/problem.ts';
import type { RulePeer } from '../../policy/peer.ts';
import { isEmpty, unionAll } from '../../policy/port-set.ts';
import { peersOfConfig, resolveOfConfig } from '../config-peers.ts';
import { ipBlock } from '../ip-blocks.ts';
import type { Names } from '../resolve-item.ts';
import { writtenPorts } from '../target-ports.ts';

type RailPeer = PodsPeer | IpBlockPeer;

/** The platform's rules with their peers and ports; each that the API cannot say is an error that says what it can. */
export function resolveRails(entries: readonly GuardRailEntry[], names: Names, report: Report): GuardRail[] {
  return entries.flatMap((entry) => resolveRail(entry, names, report));
}

/** One rule for each set of ports: rules of one action that follow each other are as good as one. */
function resolveRail(entry: GuardRailEntry, names: Names, report: Report): GuardRail[] {
  const byPorts = new Map<string, { peers: RailPeer[]; ports: PortSet }>();
  for (const found of entry.peers.flatMap((peer) => resolveOfConfig(peer, names, entry.place, report))) {
    // Ports of a peer are those that it listens on.
    const isOfPeer = found.aliasPorts && entry.direction === 'Ingress';
    const ports = portsOf((isOfPeer ? undefined : found.ports) ?? entry.ports, entry, report);
    const peers = peersOfConfig(found.peer).flatMap((peer) => railPeers(peer, entry, report));
    if (peers.length === 0 || isEmpty(ports)) continue;
    const key = JSON.stringify(ports);
    const known = byPorts.get(key);
    if (known === undefined) byPorts.set(key, { peers, ports });
    else known.peers.push(...peers);
  }
  const { name, action, subject, direction, place } = entry;
  return [...byPorts.values()].map((found) => ({ name, action, subject, direction, place, ...found }));
}

function portsOf(terms: readonly PortTerm[] | undefined, { name, place }: GuardRailEntry, report: Report): PortSet {
  if (terms === undefined) return 'all';
  return unionAll(
    terms.map((term) => {
      const ports = writtenPorts(term);
      if (ports !== undefined) return ports;
      const message = `must have a port number in the rule "${name}", which is about pods of many kinds, got "${term.kind === 'name' ? term.name : ''}"`;
      report({ ...place, code: 'cluster-wide-peer', severity: 'error', message });
      return [];
    }),
  );
}

const ALL_PODS: PodsPeer = { kind: 'pods', namespaceSelector: [], podSelector: [] };
const ALL_ADDRESSES = [ipBlock('0.0.0.0/0', []), ipBlock('::/0', [])];

function railPeers(peer: RulePeer, entry: GuardRailEntry, report: Report): readonly RailPeer[] {
  const isEgress = entry.direction === 'Egress';
  if (peer === 'all') return isEgress ? [ALL_PODS, ...ALL_ADDRESSES] : refuse(FROM_OUTSIDE, entry, report);
  switch (peer.kind) {
    case 'pods':
      return peer.namespaceSelector === undefined ? refuse(NO_NAMESPACE, entry, report) : [peer];
    case 'ipBlock':
      if (!isEgress) return refuse(FROM_OUTSIDE, entry, report);
      return peer.except.length > 0 ? refuse(EXCEPTIONS, entry, report) : [peer];
    case 'host':
    case 'entity':
    case 'service':
      return refuse(OTHER_WORDS, entry, report);
  }
}

const FROM_OUTSIDE =
  'must name pods in "from", since a ClusterNetworkPolicy cannot tell who comes from outside the cluster: ' +
  'use "cluster" for all pods, and NetworkPolicies for the rest';
const NO_NAMESPACE =
  'must name pods with their namespace, since the rule belongs to none: write "namespace/name" or "*/key=value"';
const EXCEPTIONS =
  'must name ranges without exceptions, which a ClusterNetworkPolicy does not have: ' +
  'put a rule that passes or allows what is left out above this one';
const OTHER_WORDS = 'must name pods or ranges of addresses, and nothing else is known to every plugin';

function refuse(must: string, { name, place }: GuardRailEntry, report: Report): readonly RailPeer[] {
  report({ ...place, code: 'cluster-wide-peer', severity: 'error', message: `${must} (rule "${name}")`, got: name });
  return [];
}
