import type { NetworkPolicy, Peer, Rule, ServicePeer } from '../model/network-policy.ts';
import type { PortMatch } from '../model/port.ts';
import type { ReadPolicy } from '../model/resources.ts';
import type { Endpoints, Service } from '../model/service.ts';
import { namespaceNamed } from '../policy/selector.ts';

/** What is behind Services. */
interface Known {
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoints[];
}

/**
 * Gives the peers that policies of other APIs call by a Service what is behind it: its pods, or its addresses where it
 * has no selector. A Service that is not in the input stays an end of its own.
 */
export function followServices(policies: readonly ReadPolicy[], known: Known): readonly ReadPolicy[] {
  const find = finder(known);
  return policies.map((read) => {
    const { policy } = read;
    if (policy.foreign === undefined) return read;
    const follow = (rules: NetworkPolicy['ingress'], isEgress: boolean): NetworkPolicy['ingress'] =>
      rules?.flatMap((rule) => followRule(rule, find, policy.foreign?.api === 'calico' && isEgress));
    return {
      ...read,
      policy: { ...policy, ingress: follow(policy.ingress, false), egress: follow(policy.egress, true) },
    };
  });
}

interface Behind {
  readonly peers: readonly Peer[];
  readonly ports: readonly PortMatch[];
}

type Find = (peer: ServicePeer) => Behind | undefined;

function finder({ services, endpoints }: Known): Find {
  const byName = new Map(services.map((service) => [`${service.namespace}/${service.resource.name}`, service]));
  return ({ namespace, name }) => {
    const service = byName.get(`${namespace}/${name}`);
    if (service?.selector !== undefined) return podsBehind(service, namespace);
    const own = endpoints.filter((one) => one.namespace === namespace && one.service === name);
    return own.length === 0 ? undefined : addressesBehind(own);
  };
}

function podsBehind({ selector = [], ports }: Service, namespace: string): Behind {
  const namespaceSelector = namespace === '' ? undefined : namespaceNamed(namespace);
  return {
    peers: [{ kind: 'pods', namespaceSelector, podSelector: selector }],
    ports: ports.map(({ targetPort, protocol }) =>
      typeof targetPort === 'number'
        ? { protocol, port: targetPort, endPort: targetPort }
        : { protocol, name: targetPort },
    ),
  };
}

function addressesBehind(endpoints: readonly Endpoints[]): Behind {
  return {
    peers: endpoints.flatMap(({ addresses }) =>
      addresses.map((address): Peer => {
        return { kind: 'ipBlock', cidr: `${address}/${address.includes(':') ? 128 : 32}`, except: [] };
      }),
    ),
    ports: endpoints.flatMap(({ ports }) => ports.map(({ port, protocol }) => ({ protocol, port, endPort: port }))),
  };
}

/** Calico opens the way out to the ports of the endpoints alone. */
function followRule(rule: Rule, find: Find, onlyItsPorts: boolean): readonly Rule[] {
  if (rule.peers === 'all' || !rule.peers.some(isService)) return [rule];
  const kept: Peer[] = [];
  const followed: Rule[] = [];
  for (const peer of rule.peers) {
    const behind = isService(peer) ? find(peer) : undefined;
    if (behind === undefined) kept.push(peer);
    else followed.push({ ...rule, peers: behind.peers, ports: onlyItsPorts ? behind.ports : rule.ports });
  }
  return kept.length === 0 ? followed : [{ ...rule, peers: kept }, ...followed];
}

function isService(peer: Peer): peer is ServicePeer {
  return peer.kind === 'service';
}
