import type { HostPeer, IpBlockPeer, Peer, Rule } from '../../model/network-policy.ts';
import { endpointSelector } from './endpoint-selector.ts';

/** What follows `from` or `to` in the name of a rule's field. */
type PeerField = 'Endpoints' | 'CIDRSet' | 'Entities' | 'FQDNs';

/** The node of the pod, and the others. */
const NODE_ENTITIES = ['host', 'remote-node'];

/** The peers of a rule by their field, in a fixed order; none stays out. */
export function ciliumPeers(peers: Rule['peers']): readonly (readonly [PeerField, readonly unknown[]])[] {
  if (peers === 'all') return [['Entities', ['all']]];
  const fields: Record<PeerField, unknown[]> = { Endpoints: [], CIDRSet: [], Entities: [], FQDNs: [] };
  for (const peer of peers) addPeer(fields, peer);
  const named = Object.entries(fields) as [PeerField, unknown[]][];
  const asked = named.filter(([, words]) => words.length > 0);
  return asked.map(([field, words]) => [field, [...new Set(words)]]);
}

function addPeer(fields: Record<PeerField, unknown[]>, peer: Peer): void {
  switch (peer.kind) {
    case 'pods':
      fields.Endpoints.push(endpointSelector(peer));
      return;
    case 'ipBlock':
      fields.CIDRSet.push(cidrOf(peer));
      return;
    case 'entity':
      fields.Entities.push(...(peer.entity === 'nodes' ? NODE_ENTITIES : [peer.entity]));
      return;
    case 'host':
      fields.FQDNs.push(fqdnOf(peer));
      return;
    case 'service':
      // What this API cannot say was an error when the item was resolved.
      throw new Error(`a CiliumNetworkPolicy does not name the Service ${peer.namespace}/${peer.name}`);
  }
}

function cidrOf({ cidr, except }: IpBlockPeer): object {
  return { cidr, ...(except.length === 0 ? {} : { except }) };
}

function fqdnOf({ pattern }: HostPeer): object {
  return pattern.includes('*') ? { matchPattern: pattern } : { matchName: pattern };
}
