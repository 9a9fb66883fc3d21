import type { Item, PeerTerm } from '../../model/declaration.ts';
import { containsRange, parseIpAddress, parseIpRange } from '../../policy/ip-range.ts';
import { type OnFault, sliceToken, splitToken, type Token } from './fault.ts';
import { parsePorts } from './parse-ports.ts';

const NINE = 57;

/**
 * Whether an item is meant as addresses: two colons before its first `/`, or only digits and dots there with a length
 * or four parts. A Namespace called `10` cannot be told from a range, and nobody has one.
 */
export function isCidrLike(text: string): boolean {
  const head = text.split('/', 1)[0] ?? '';
  const hasTwoColons = head.indexOf(':') < head.lastIndexOf(':');
  if (hasTwoColons && /^[0-9a-f.:!]*$/i.test(head)) return true;
  if (text.charCodeAt(0) > NINE) return false;
  const digits = /^[0-9]+(?:\.[0-9]+)*$/;
  if (text.includes('/') && digits.test(head) && /\/(?:[0-9]|$)/.test(text)) return true;
  return /^[0-9]+(?:\.[0-9]+){3}(?:$|[/:!])/.test(text);
}

/** Reads `CIDR{"!"CIDR}` with its ports, which follow the last length. */
export function parseCidrItem(token: Token, onFault: OnFault): Item | undefined {
  const { addresses, ports: portsToken } = splitPorts(token);
  const peer = parseCidr(addresses, token, onFault);
  const ports = portsToken && parsePorts(portsToken, onFault);
  if (peer === undefined || (portsToken !== undefined && ports === undefined)) return undefined;
  return { text: token.text, peer, ports };
}

/** Reads `CIDR{"!"CIDR}` without ports, as fields of the config write ranges. */
export function parseCidr(token: Token, whole: Token, onFault: OnFault): (PeerTerm & { kind: 'cidr' }) | undefined {
  const [cidr, ...except] = splitToken(token, '!');
  if (cidr === undefined) return undefined;
  const pieces = [cidr, ...except];
  const valid = pieces.filter((piece) => checkRange(piece, whole, onFault));
  if (valid.length < pieces.length || !checkExceptions(cidr, except, onFault)) return undefined;
  return { kind: 'cidr', cidr: cidr.text, except: except.map(({ text }) => text) };
}

/** Colons belong to IPv6 addresses up to the length of the last range; the next one begins the ports. */
function splitPorts(token: Token): { readonly addresses: Token; readonly ports: Token | undefined } {
  const last = token.text.lastIndexOf('!') + 1;
  const slash = token.text.indexOf('/', last);
  const isIpv4 = /^[0-9]+\.[0-9.]*:/.test(token.text.slice(last));
  const colon = slash < 0 && !isIpv4 ? -1 : token.text.indexOf(':', isIpv4 ? last : slash);
  if (colon < 0) return { addresses: token, ports: undefined };
  return { addresses: sliceToken(token, 0, colon), ports: sliceToken(token, colon + 1) };
}

function checkRange(piece: Token, whole: Token, onFault: OnFault): boolean {
  const { text } = piece;
  if (parseIpRange(text) !== undefined && !isMapped(text)) return true;
  if (isMapped(text)) return wrongCidr(piece, piece.offset, 'must write an IPv4 range as IPv4', onFault);
  const address = parseIpAddress(text);
  if (address !== undefined) {
    const want = replacePiece(whole, piece, `${text}/${text.includes(':') ? 128 : 32}`);
    return wrongCidr(whole, piece.offset, 'must give an address the length of its range', onFault, want);
  }
  if (text === '') return wrongCidr(whole, piece.offset, 'must have a range on both sides of "!"', onFault);
  const must = 'must be a range of addresses such as "10.0.0.0/8" or "2001:db8::/32"';
  return wrongCidr(piece, piece.offset, must, onFault);
}

/** The API refuses exceptions that are not strictly inside their range. */
function checkExceptions(cidr: Token, exceptions: readonly Token[], onFault: OnFault): boolean {
  const outer = parseIpRange(cidr.text);
  const outside = exceptions.filter(({ text }) => {
    const inner = parseIpRange(text);
    return !outer || !inner || outer.length >= inner.length || !containsRange(outer, inner);
  });
  const must = `must have its exceptions inside "${cidr.text}" and smaller than it`;
  for (const piece of outside) wrongCidr(piece, piece.offset, must, onFault);
  return outside.length === 0;
}

function isMapped(text: string): boolean {
  return text.includes(':') && (parseIpRange(text)?.network ?? parseIpAddress(text))?.family === 'IPv4';
}

function replacePiece(whole: Token, piece: Token, text: string): string {
  const from = piece.offset - whole.offset;
  return whole.text.slice(0, from) + text + whole.text.slice(from + piece.text.length);
}

function wrongCidr(token: Token, at: number, must: string, onFault: OnFault, want?: string): false {
  onFault({ code: 'invalid-cidr', at, must, got: token.text, want });
  return false;
}
