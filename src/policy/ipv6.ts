import { parseIpv4 } from './ipv4.ts';

const GROUPS = 8;

/**
 * The 16 bytes of an address (RFC 4291, section 2.2), as Go reads it: "::" stands for one group or more, and the last
 * two groups may be dotted. undefined where that fails, as for a zone.
 */
export function parseIpv6(text: string): readonly number[] | undefined {
  const plain = withoutDottedTail(text);
  const [head = '', tail, ...more] = plain?.split('::') ?? [];
  if (plain === undefined || more.length > 0) return undefined;
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')];
  const missing = GROUPS - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16)).flatMap((value) => [value >> 8, value & 0xff]);
}

/** As RFC 5952 wants it: small letters, no leading zeros, "::" for the first of the longest runs of zero groups. */
export function printIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: GROUPS }, (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0));
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = text.match(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?<![0-9a-f])${longest}(?![0-9a-f])`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}

/** A dotted tail is written as the two groups that it means. */
function withoutDottedTail(text: string): string | undefined {
  const at = text.lastIndexOf(':') + 1;
  if (!text.includes('.', at)) return text;
  const bytes = parseIpv4(text.slice(at));
  if (bytes === undefined) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return `${text.slice(0, at)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':');
}
