import type { IpBlockPeer } from '../model/network-policy.ts';
import { containsRange, type IpRange, parseIpRange } from './ip-range.ts';

/** Link-local, loopback and multicast addresses (RFC 6890): those of metadata services and of a node itself. */
const WITHOUT_PODS = ['169.254.0.0/16', 'fe80::/10', '127.0.0.0/8', '::1/128', '224.0.0.0/4', 'ff00::/8'].map(
  (text) => parseIpRange(text) as IpRange,
);

/** Whether a pod may have an address of some of these ranges, as far as the ranges alone tell: of none, it may. */
export function mayHoldPods(blocks: readonly IpBlockPeer[]): boolean {
  return blocks.length === 0 || blocks.some(({ cidr }) => !isWithoutPods(cidr));
}

function isWithoutPods(cidr: string): boolean {
  const range = parseIpRange(cidr);
  return range !== undefined && WITHOUT_PODS.some((outer) => containsRange(outer, range));
}
