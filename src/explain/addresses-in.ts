import type { End } from '../model/end.ts';
import type { Observed } from '../observe.ts';
import { containsRange, type IpRange, parseIpAddress, parseIpRange } from '../policy/ip-range.ts';
import { addressEnds } from '../reach/address-ends.ts';

/** The parts of a range that policies tell apart. */
export function addressesIn({ map, config }: Observed, cidr: string, except: readonly string[]): readonly End[] {
  const range = parseIpRange(cidr);
  if (range === undefined) return [];
  const holes = except.flatMap((text) => parseIpRange(text) ?? []);
  const cuts = [...map.index.ranges.values(), ...holes, range];
  const privateRanges = config.privateRanges.flatMap((text) => parseIpRange(text) ?? []);
  const isIn = (outer: IpRange, { endpoint }: End): boolean => {
    const address = endpoint.kind === 'ip' ? parseIpAddress(endpoint.address) : undefined;
    if (address === undefined) return false;
    return containsRange(outer, { network: address, length: address.bytes.length * 8 });
  };
  return addressEnds(cuts, privateRanges).ends.filter(
    (end) => isIn(range, end) && !holes.some((hole) => isIn(hole, end)),
  );
}
