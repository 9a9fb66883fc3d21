import type { Rule } from '../../model/network-policy.ts';
import { covers, portSet } from '../../policy/port-set.ts';
import type { Membership } from './membership.ts';
import { PROBE_SOURCES } from './probe-sources.ts';

/** Whether a rule lets in only what a proxy or the kubelet needs: probes in ambient mode, the proxies' own ports. */
export function isForProxy({ peers, ports }: Rule, membership: Membership | undefined): boolean {
  if (membership === undefined) return false;
  const areProbes =
    peers !== 'all' && peers.every((peer) => peer.kind === 'ipBlock' && PROBE_SOURCES.includes(peer.cidr));
  if (areProbes || ports === 'all') return areProbes;
  const own = membership.mesh.proxyPorts.map((port) => ({ protocol: 'TCP' as const, port, endPort: port }));
  return covers(portSet(own), portSet(ports.flatMap((match) => ('name' in match ? [] : [match]))));
}
