import type { Item, PeerTerm, PortTerm } from '../model/declaration.ts';
import { type DialectName, dialectsThatSay, says } from '../model/dialect.ts';
import type { Direction } from '../model/direction.ts';
import type { HostPeer } from '../model/network-policy.ts';
import type { Problem } from '../model/problem.ts';

type HostTerm = Extract<PeerTerm, { kind: 'host' }>;

/** A host as a peer, or the error about one that cannot be said here. */
export function resolveHost(
  { host }: HostTerm,
  { text: got }: Item,
  dialect: DialectName,
  direction: Direction | undefined,
): HostPeer | Pick<Problem, 'code' | 'message' | 'got'> {
  const code = 'host-peer';
  if (!says(dialect, 'hosts')) {
    const able = dialectsThatSay('hosts').map((name) => `"${name}"`);
    const message =
      `must not name a host in the dialect "${dialect}", which knows addresses only, got "${got}": ` +
      `write its addresses as a CIDR, or "internet" with its port, or use the dialect ${able.join(' or ')}`;
    return { code, message, got };
  }
  if (direction === 'Egress') return { kind: 'host', pattern: host };
  const message =
    `must not name a host where it is not what pods connect to, got "${got}": ` +
    'who connects is known by its address, not by its name, so write its addresses as a CIDR';
  return { code, message, got };
}

/** The port of a host with the protocol of its scheme: UDP and SCTP are said, everything else is on TCP. */
export function portsOfHost({ scheme, port }: HostTerm): PortTerm[] | undefined {
  if (port === undefined) return undefined;
  const protocol = scheme === 'udp' ? 'UDP' : scheme === 'sctp' ? 'SCTP' : 'TCP';
  return [{ kind: 'range', port, endPort: port, protocol }];
}
