import type { Direction } from '../../model/direction.ts';
import type { IpBlockPeer, Peer, PodsPeer, Rule, ServicePeer } from '../../model/network-policy.ts';
import { type PortMatch, PROTOCOLS, type Protocol } from '../../model/port.ts';
import { pagesOf } from '../pages.ts';
import { isWholeProtocol } from '../single-ports.ts';
import { netsOf } from './nets.ts';
import { PODS_ONLY, selectorTexts } from './selector.ts';

/** As many ports as one rule may hold. */
const MOST_PORTS = 50;

/** One end of a rule of Calico's; undefined is anybody. */
export type Side = Readonly<Record<string, unknown>> | undefined;

/** A rule of Calico's. */
export type CalicoRule = Readonly<Record<string, unknown>> & { readonly action: string };

/** Protocol and ports of one rule of Calico's. */
interface Ports {
  readonly protocol?: Protocol;
  readonly ports?: readonly (number | string)[];
}

/**
 * The same connections as rules of Calico's, each of one peer and one protocol. `onLong` hears of a peer whose selector
 * no rule can hold.
 */
export function calicoRules(
  rules: readonly Rule[],
  direction: Direction,
  action: string,
  onLong: (peer: PodsPeer) => void,
): readonly CalicoRule[] {
  return rules.flatMap(({ peers, ports }) =>
    sidesOf(peers, onLong).flatMap((side) =>
      portsBeside(side, direction, ports).map((each) => ruleOf(direction, action, side, each)),
    ),
  );
}

function ruleOf(direction: Direction, action: string, side: Side, { protocol, ports }: Ports): CalicoRule {
  const open = ports === undefined ? {} : { ports };
  const [source, destination] = direction === 'Ingress' ? [side, open] : [undefined, { ...side, ...open }];
  return {
    action,
    ...(protocol === undefined ? {} : { protocol }),
    ...(source === undefined ? {} : { source }),
    ...(Object.keys(destination).length === 0 ? {} : { destination }),
  };
}

/** Peers as ends of rules. Addresses come last, since several share a rule. */
export function sidesOf(peers: Rule['peers'], onLong: (peer: PodsPeer) => void): readonly Side[] {
  if (peers === 'all') return [undefined];
  const blocks = peers.filter((peer): peer is IpBlockPeer => peer.kind === 'ipBlock');
  return [...peers.flatMap((peer) => namedSides(peer, onLong)), ...netsOf(blocks).map((nets) => ({ ...nets }))];
}

function namedSides(peer: Peer, onLong: (peer: PodsPeer) => void): readonly Side[] {
  switch (peer.kind) {
    case 'pods':
      return podSides(peer, onLong);
    case 'ipBlock':
      return [];
    case 'service':
      return [{ services: serviceOf(peer) }];
    case 'host':
    case 'entity':
      // What this API cannot say was an error when the item was resolved.
      throw new Error(`Calico cannot name a peer of the kind ${peer.kind}`);
  }
}

function podSides(peer: PodsPeer, onLong: (peer: PodsPeer) => void): readonly Side[] {
  const selectors = selectorTexts(peer.podSelector, PODS_ONLY);
  const namespaces = peer.namespaceSelector === undefined ? [undefined] : selectorTexts(peer.namespaceSelector);
  if (selectors === undefined || namespaces === undefined) {
    onLong(peer);
    return [];
  }
  return namespaces.flatMap((namespaceSelector) =>
    selectors.map((selector) => ({ ...(namespaceSelector === undefined ? {} : { namespaceSelector }), selector })),
  );
}

function serviceOf({ name, namespace }: ServicePeer): object {
  return { name, namespace };
}

/** A Service stands for the ports of its endpoints where it is the destination, and must not have others beside it. */
function portsBeside(side: Side, direction: Direction, ports: Rule['ports']): readonly Ports[] {
  return ports === 'all' || (direction === 'Egress' && side?.['services'] !== undefined) ? [{}] : portsOf(ports);
}

function portsOf(matches: readonly PortMatch[]): readonly Ports[] {
  return PROTOCOLS.flatMap((protocol): readonly Ports[] => {
    const own = matches.filter((match) => match.protocol === protocol);
    if (own.some(isWholeProtocol)) return [{ protocol }];
    return pagesOf(own.map(portOf), MOST_PORTS).map((ports) => ({ protocol, ports }));
  });
}

function portOf(match: PortMatch): number | string {
  if ('name' in match) return match.name;
  return match.port === match.endPort ? match.port : `${match.port}:${match.endPort}`;
}
