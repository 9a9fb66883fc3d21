import type { Item, PeerTerm, PortTerm } from '../../model/declaration.ts';
import { defaultPortOf } from './parse-host.ts';

/** Writes items as a list that parses to the same items. */
export function printList(items: readonly Item[]): string {
  return items.map(printItem).join(', ');
}

/** Writes one item in the shortest spelling that parses to it, whatever its own `text` is. */
export function printItem({ peer, ports }: Pick<Item, 'peer' | 'ports'>): string {
  const written = printPeer(peer);
  return ports === undefined ? written : `${written}:${ports.map(printPort).join('+')}`;
}

/** Writes one port: `80`, `8000-8100/udp`, `http`, `*`. */
export function printPort(port: PortTerm): string {
  const suffix = port.protocol === undefined ? '' : `/${port.protocol.toLowerCase()}`;
  if (port.kind === 'all') return `*${suffix}`;
  if (port.kind === 'name') return port.name + suffix;
  return (port.port === port.endPort ? `${port.port}` : `${port.port}-${port.endPort}`) + suffix;
}

/** Writes the peer of an item. */
export function printPeer(peer: PeerTerm): string {
  switch (peer.kind) {
    case 'keyword':
      return peer.keyword;
    case 'name':
      return `${peer.local ? './' : peer.namespace === undefined ? '' : `${peer.namespace}/`}${peer.name}`;
    case 'namespace':
      return `${peer.namespace}/*`;
    case 'labels':
      return printLabels(peer);
    case 'cidr':
      return [peer.cidr, ...peer.except].join('!');
    case 'host':
      return printHost(peer);
  }
}

function printLabels({ namespace, labels }: PeerTerm & { readonly kind: 'labels' }): string {
  const pairs = labels.map(([key, value]) => `${key}=${value}`).join('&');
  if (namespace !== undefined) return `${namespace}/${pairs}`;
  // A prefix without a dot would be read as a namespace.
  return /^[^=./]+\//.test(pairs) ? `./${pairs}` : pairs;
}

function printHost({ scheme, host, port }: PeerTerm & { readonly kind: 'host' }): string {
  return `${scheme}://${host}${port === undefined || port === defaultPortOf(scheme) ? '' : `:${port}`}`;
}
