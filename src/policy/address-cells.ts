import { containsRange, type IpAddress, type IpRange, printIpAddress, printIpRange } from './ip-range.ts';

/**
 * A part of the address space inside which no given range begins or ends: `range` without those of `within`, which are
 * cells of their own.
 */
export interface AddressCell {
  readonly range: IpRange;
  /** The largest given ranges inside `range`. */
  readonly within: readonly AddressCell[];
  /** An address of the cell itself; undefined where the cells within leave nothing of it. */
  readonly sample: string | undefined;
}

const ROOTS: readonly IpRange[] = [
  { network: { family: 'IPv4', bytes: Array(4).fill(0) }, length: 0 },
  { network: { family: 'IPv6', bytes: Array(16).fill(0) }, length: 0 },
];

/** Cuts all addresses along the given ranges: a tree for each of IPv4 and IPv6. Ranges never overlap but by holding each other. */
export function cutAddresses(ranges: Iterable<IpRange>): readonly AddressCell[] {
  const distinct = new Map([...ROOTS, ...ranges].map((range) => [printIpRange(range), range]));
  const sorted = [...distinct.values()].sort(byPlace);
  const roots: Growing[] = [];
  const open: Growing[] = [];
  for (const range of sorted) {
    while (open.length > 0 && !containsRange((open.at(-1) as Growing).range, range)) open.pop();
    const cell: Growing = { range, within: [] };
    (open.at(-1)?.within ?? roots).push(cell);
    open.push(cell);
  }
  return roots.map(finish);
}

/** A cell and all cells within it, from the largest to the smallest. */
export function cellsOf(cell: AddressCell): readonly AddressCell[] {
  return [cell, ...cell.within.flatMap(cellsOf)];
}

interface Growing {
  readonly range: IpRange;
  readonly within: Growing[];
}

function finish({ range, within }: Growing): AddressCell {
  return { range, within: within.map(finish), sample: sampleOf(range, within) };
}

/** The first address that no range within holds; they are sorted and apart from each other. */
function sampleOf(range: IpRange, within: readonly Growing[]): string | undefined {
  const bits = BigInt(range.network.bytes.length * 8);
  const size = ({ length }: IpRange): bigint => 1n << (bits - BigInt(length));
  let first = numberOf(range.network);
  const end = first + size(range);
  for (const { range: inner } of within) {
    const start = numberOf(inner.network);
    if (first < start) break;
    first = start + size(inner);
  }
  return first < end ? printIpAddress(addressOf(first, range.network)) : undefined;
}

function byPlace({ network: a, length: aLength }: IpRange, { network: b, length: bLength }: IpRange): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  const at = a.bytes.findIndex((byte, index) => byte !== b.bytes[index]);
  return at < 0 ? aLength - bLength : (a.bytes[at] ?? 0) - (b.bytes[at] ?? 0);
}

function numberOf({ bytes }: IpAddress): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

function addressOf(number: bigint, { family, bytes }: IpAddress): IpAddress {
  const last = bytes.length - 1;
  return { family, bytes: bytes.map((_, index) => Number((number >> BigInt((last - index) * 8)) & 255n)) };
}
