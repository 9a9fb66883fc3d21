import type { Endpoint } from '../model/flow.ts';
import type { Peer } from '../model/network-policy.ts';

type Named = Extract<Endpoint, { kind: 'named' }>['peer'];

/**
 * The entities that hold more than themselves. Pods on their node's network are `remote-node`, from all nodes but one;
 * addresses are `world`.
 */
export const ENTITY_MEMBERS: Readonly<Record<'pods' | 'nodes' | 'addresses' | 'hosts', ReadonlySet<string>>> = {
  pods: new Set(['all', 'cluster']),
  nodes: new Set(['all', 'cluster', 'remote-node', 'nodes']),
  addresses: new Set(['all', 'world']),
  hosts: new Set(['all', 'world']),
};

/** What is on the network of a node. */
const NODES: ReadonlySet<string> = new Set(['host', 'remote-node']);

/** Entities that `cluster` does not hold. */
const OUTSIDE: ReadonlySet<string> = new Set(['world', 'cluster-mesh', 'none']);

/** Whether a peer is what a word or a name finds, for all peers of one. */
export function namedMatcher(named: Named): (peer: Peer) => boolean {
  switch (named.kind) {
    case 'entity':
      return (peer) => peer.kind === 'entity' && holdsEntity(peer.entity, named.entity);
    case 'host':
      return (peer) => isHost(peer, named.pattern);
    case 'service':
      return (peer) => peer.kind === 'service' && peer.namespace === named.namespace && peer.name === named.name;
  }
}

function holdsEntity(outer: string, inner: string): boolean {
  if (outer === inner || outer === 'all') return true;
  if (outer === 'nodes') return NODES.has(inner);
  return outer === 'cluster' && !OUTSIDE.has(inner);
}

/** A host has some address, so only ranges without an exception that are everything hold it for sure. */
function isHost(peer: Peer, name: string): boolean {
  switch (peer.kind) {
    case 'host':
      return peer.pattern === name || isCalled(peer.pattern, name);
    case 'entity':
      return ENTITY_MEMBERS.hosts.has(peer.entity);
    case 'ipBlock':
      return peer.cidr === '0.0.0.0/0' && peer.except.length === 0;
    default:
      return false;
  }
}

/** `*` stands for what is between two dots; `**.` at the front for any number of names. */
function isCalled(pattern: string, name: string): boolean {
  if (!pattern.includes('*') || name.includes('*')) return false;
  const [, deep = '', rest = ''] = /^(\*\*\.)?(.*)$/s.exec(pattern) ?? [];
  const text = rest.replace(/[^*a-z0-9_-]/g, (letter) => `\\${letter}`).replace(/\*+/g, '[-a-z0-9_]*');
  return new RegExp(`^${deep === '' ? '' : '(?:[-a-z0-9_]+\\.)+'}${text}$`).test(name);
}
