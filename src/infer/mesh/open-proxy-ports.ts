import { DIRECTIONS, type Direction } from '../../model/direction.ts';
import type { PortSet } from '../../model/port.ts';
import type { RulePeer } from '../../policy/peer.ts';
import { covers, portSet } from '../../policy/port-set.ts';
import { allow } from '../../policy/rule-set.ts';
import type { Cluster } from '../cluster.ts';
import type { BothRules, Connections } from '../connections.ts';
import type { Membership } from './membership.ts';
import { type PeerProxies, peerProxies } from './peer-proxies.ts';
import { type ProxyProfile, proxyPortFor } from './proxy-profile.ts';

/**
 * Adds to each rule between meshed pods the port on which the proxies talk. What was opened on the real ports stays, for
 * callers outside the mesh.
 */
export function openProxyPorts(connections: Connections, membership: Membership, cluster: Cluster): void {
  if (membership.mesh.port === undefined) return;
  const proxiesOf = peerProxies(membership, cluster);
  const origin = `mesh: ${membership.mesh.name}`;
  for (const [workload, rules] of connections.workloads) {
    if (membership.has(workload) !== true) continue;
    widen({ rules, subjects: [membership.profile(workload)], viewer: workload.namespace, proxiesOf, origin });
  }
  for (const [namespace, rules] of connections.namespaces) {
    const subjects = proxiesIn(namespace, membership, cluster);
    widen({ rules, subjects, viewer: namespace, proxiesOf, origin });
  }
}

/** Of the pods of a namespace, those that the input does not have included. */
function proxiesIn(namespace: string, membership: Membership, { workloadsIn }: Cluster): readonly ProxyProfile[] {
  const members = (workloadsIn.get(namespace) ?? []).filter((workload) => membership.has(workload) === true);
  const others = membership.hasNamespace(namespace) === true ? [undefined] : [];
  const profiles = [...members, ...others].map(membership.profile);
  return [...new Map(profiles.map((profile) => [JSON.stringify(profile), profile])).values()];
}

interface Widening {
  readonly rules: BothRules;
  readonly subjects: readonly ProxyProfile[];
  readonly viewer: string;
  readonly proxiesOf: PeerProxies;
  readonly origin: string;
}

function widen({ rules, subjects, viewer, proxiesOf, origin }: Widening): void {
  if (subjects.length === 0) return;
  for (const direction of DIRECTIONS) {
    for (const { peer, ports } of [...rules[direction].values()]) {
      const added = proxyPorts(direction, subjects, proxiesOf(peer, viewer), ports);
      if (covers(ports, added)) continue;
      // Of those who may call from anywhere, only pods have proxies.
      allow(rules[direction], peer === 'all' ? EVERY_POD : peer, added, [origin]);
    }
  }
}

const EVERY_POD: RulePeer = { kind: 'pods', namespaceSelector: [], podSelector: [] };

/** The proxies' ports that a rule needs beside its own: those of whoever listens. */
export function proxyPorts(
  direction: Direction,
  subjects: readonly ProxyProfile[],
  peers: readonly ProxyProfile[],
  ports: PortSet,
): PortSet {
  const [clients, servers] = direction === 'Ingress' ? [peers, subjects] : [subjects, peers];
  return portSet(
    clients.flatMap((client) =>
      servers.flatMap((server) => {
        const port = proxyPortFor(client, server, ports);
        return port === undefined ? [] : [{ protocol: 'TCP' as const, port, endPort: port }];
      }),
    ),
  );
}
