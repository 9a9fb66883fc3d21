import { parseIpv4 } from './ipv4.ts';
import { parseIpv6, printIpv6 } from './ipv6.ts';

/** An IP address. IPv4-mapped IPv6 addresses (`::ffff:10.0.0.1`) are read as IPv4, as Go reads them. */
export interface IpAddress {
  readonly family: 'IPv4' | 'IPv6';
  readonly bytes: readonly number[];
}

/** A CIDR: every address that shares the first `length` bits of `network`, whose other bits are zero. */
export interface IpRange {
  readonly network: IpAddress;
  readonly length: number;
}

/**
 * Reads an address as Go's net.ParseIP does: decimal parts without leading zeros, no short forms, no zone.
 * undefined where that fails.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const bytes = parseBytes(text);
  return bytes && addressOf(bytes);
}

/**
 * Reads a CIDR as Go's net.ParseCIDR does, and with it the API server: host bits may be set and are masked away.
 * undefined where that fails.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [, address, digits] = /^([^/]+)\/([0-9]+)$/.exec(text) ?? [];
  const bytes = address === undefined ? undefined : parseBytes(address);
  const length = Number(digits);
  if (bytes === undefined || length > bytes.length * 8) return undefined;
  const masked = bytes.map((byte, index) => byte & maskByte(length, index));
  const network = addressOf(masked);
  return { network, length: length - (masked.length - network.bytes.length) * 8 };
}

/** Whether an address is in a range. Addresses of the other family never are. */
export function contains(range: IpRange, address: IpAddress): boolean {
  return (
    range.network.family === address.family &&
    range.network.bytes.every((byte, index) => byte === ((address.bytes[index] ?? 0) & maskByte(range.length, index)))
  );
}

/** Whether every address of `inner` is in `outer`. */
export function containsRange(outer: IpRange, inner: IpRange): boolean {
  return outer.length <= inner.length && contains(outer, inner.network);
}

/** An address as text: `10.0.0.1`, `2001:db8::1`. */
export function printIpAddress({ family, bytes }: IpAddress): string {
  return family === 'IPv4' ? bytes.join('.') : printIpv6(bytes);
}

/** A range as text: `10.0.0.0/8`. */
export function printIpRange({ network, length }: IpRange): string {
  return `${printIpAddress(network)}/${length}`;
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function addressOf(bytes: readonly number[]): IpAddress {
  if (bytes.length === 4) return { family: 'IPv4', bytes };
  const mapped = MAPPED_PREFIX.every((byte, index) => byte === bytes[index]);
  return mapped ? { family: 'IPv4', bytes: bytes.slice(12) } : { family: 'IPv6', bytes };
}

/** The bits of byte `index` that belong to a network of `length` bits. */
function maskByte(length: number, index: number): number {
  const bits = Math.min(8, Math.max(0, length - index * 8));
  return (0xff << (8 - bits)) & 0xff;
}

function parseBytes(text: string): readonly number[] | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}
