import type { IpBlockPeer } from '../../model/network-policy.ts';
import { containsRange, type IpRange, parseIpRange, printIpRange } from '../../policy/ip-range.ts';
import { pagesOf } from '../pages.ts';

/** As many ranges as one list of a rule may hold. */
const MOST = 256;

/** Ranges of one family and what is left out of them, as the side of a rule. */
export interface Nets {
  readonly nets: readonly string[];
  readonly notNets?: readonly string[];
}

/**
 * Blocks of addresses as sides of rules. A rule must not hold both families, and what is left out of one range must
 * stand beside it alone.
 */
export function netsOf(blocks: readonly IpBlockPeer[]): readonly Nets[] {
  const read = blocks.flatMap(readBlock).flatMap(withFewExceptions);
  const plain = read.filter(({ except }) => except.length === 0).map(({ range }) => range);
  const families = (['IPv4', 'IPv6'] as const).map((family) =>
    plain.filter(({ network }) => network.family === family),
  );
  return [
    ...families.flatMap((ranges) => pagesOf(distinct(ranges), MOST)).map((nets) => ({ nets })),
    ...read
      .filter(({ except }) => except.length > 0)
      .map(({ range, except }) => ({ nets: distinct([range]), notNets: distinct(except) })),
  ];
}

interface Block {
  readonly range: IpRange;
  readonly except: readonly IpRange[];
}

/** A block of which everything is left out is nobody; Calico refuses to hear of it. */
function readBlock({ cidr, except }: IpBlockPeer): Block[] {
  const range = parseIpRange(cidr);
  const exceptions = except.flatMap((text) => parseIpRange(text) ?? []);
  if (range === undefined || exceptions.some((exception) => containsRange(exception, range))) return [];
  return [{ range, except: exceptions }];
}

/** The block itself, or parts of it, none of which leaves out more than a rule can say. */
function withFewExceptions(block: Block): Block[] {
  if (block.except.length <= MOST) return [block];
  return halvesOf(block.range)
    .filter((half) => !block.except.some((exception) => containsRange(exception, half)))
    .flatMap((half) =>
      withFewExceptions({ range: half, except: block.except.filter((exception) => containsRange(half, exception)) }),
    );
}

function halvesOf({ network, length }: IpRange): IpRange[] {
  const upper = network.bytes.map((byte, index) => (index === length >> 3 ? byte | (0x80 >> (length & 7)) : byte));
  return [network, { ...network, bytes: upper }].map((half) => ({ network: half, length: length + 1 }));
}

function distinct(ranges: readonly IpRange[]): readonly string[] {
  return [...new Set(ranges.map(printIpRange))];
}
