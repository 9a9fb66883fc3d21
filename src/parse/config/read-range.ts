import type { PeerTerm } from '../../model/declaration.ts';
import type { Fault } from '../grammar/fault.ts';
import { parseCidr } from '../grammar/parse-cidr.ts';
import { reportFaults } from './report-faults.ts';
import { reportAt, type Spot, within } from './spot.ts';

/** Ranges of addresses, without exceptions. */
export function readRanges(raw: readonly string[], spot: Spot): string[] {
  return raw.flatMap((text, index) => {
    const at = within(spot, index);
    const range = readRange(text, at);
    if (range === undefined || range.except.length === 0) return range?.cidr ?? [];
    reportAt(at, { code: 'invalid-cidr', must: 'must be a range without exceptions', got: text });
    return [];
  });
}

/** A range with its exceptions: `10.0.0.0/8!10.1.0.0/16`. */
export function readRange(text: string, spot: Spot): (PeerTerm & { readonly kind: 'cidr' }) | undefined {
  const faults: Fault[] = [];
  const token = { text, offset: 0 };
  const range = parseCidr(token, token, (fault) => faults.push(fault));
  reportFaults(text, faults, spot);
  return range;
}
