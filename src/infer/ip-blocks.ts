import type { IpBlockPeer } from '../model/network-policy.ts';

/** Addresses as a peer. */
export function ipBlock(cidr: string, except: readonly string[]): IpBlockPeer {
  return { kind: 'ipBlock', cidr, except };
}

/** Every address outside the private ranges, in both families. */
export function internetBlocks(privateRanges: readonly string[]): IpBlockPeer[] {
  const isV6 = (cidr: string): boolean => cidr.includes(':');
  return [
    ipBlock(
      '0.0.0.0/0',
      privateRanges.filter((cidr) => !isV6(cidr)),
    ),
    ipBlock('::/0', privateRanges.filter(isV6)),
  ];
}
