import type { PortTerm } from '../../model/declaration.ts';
import { nearest } from '../../model/nearest.ts';
import type { Protocol } from '../../model/port.ts';
import { dnsNameLike, isDnsLabel } from './dns-name.ts';
import { type OnFault, sliceToken, splitToken, type Token } from './fault.ts';

const PROTOCOL_OF: Readonly<Record<string, Protocol>> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' };
const PROTOCOL_WORDS: readonly string[] = Object.keys(PROTOCOL_OF);
const RULE = 'must be a port: a number, a range such as "8000-8100", a name, or "*"';

/** Reads ports that are joined by `+`: `80+443/udp`. Reports each that is wrong. */
export function parsePorts(token: Token, onFault: OnFault): PortTerm[] | undefined {
  const pieces = splitToken(token, '+');
  const ports = pieces.flatMap((piece) => parsePort(piece, onFault) ?? []);
  return ports.length === pieces.length ? ports : undefined;
}

/** Reads one port: a number, a range, a name or `*`, with an optional protocol. */
export function parsePort(token: Token, onFault: OnFault): PortTerm | undefined {
  const slash = token.text.indexOf('/');
  const head = slash < 0 ? token : sliceToken(token, 0, slash);
  const word = slash < 0 ? undefined : token.text.slice(slash + 1);
  if (word !== undefined && !Object.hasOwn(PROTOCOL_OF, word)) return onProtocol(token, word, onFault);
  const protocol = word === undefined ? undefined : PROTOCOL_OF[word];
  if (head.text === '*') return { kind: 'all', protocol };
  if (/^[0-9]+$/.test(head.text)) return parseRange(head, head.text, head.text, protocol, onFault);
  const range = /^([0-9]+)-([0-9]+)$/.exec(head.text);
  if (range !== null) return parseRange(head, range[1] ?? '', range[2] ?? '', protocol, onFault);
  return parsePortName(head, protocol, onFault);
}

function parseRange(
  token: Token,
  first: string,
  last: string,
  protocol: Protocol | undefined,
  onFault: OnFault,
): PortTerm | undefined {
  const port = portNumber(token, first, token.offset, onFault);
  const endPort =
    first === last ? port : portNumber(token, last, token.offset + token.text.length - last.length, onFault);
  if (port === undefined || endPort === undefined) return undefined;
  if (endPort >= port) return { kind: 'range', port, endPort, protocol };
  return wrongPort(token, 'must be a range from the lower port to the higher', onFault, { want: `${last}-${first}` });
}

function portNumber(token: Token, digits: string, at: number, onFault: OnFault): number | undefined {
  const plain = digits.replace(/^0+(?=.)/, '');
  const port = Number(plain);
  if (port < 1 || port > 65535) return wrongPort({ ...token, offset: at }, 'must be a port from 1 to 65535', onFault);
  if (plain === digits) return port;
  const want = token.text === digits ? plain : undefined;
  return wrongPort({ ...token, offset: at }, 'must be a port without leading zeros', onFault, { want });
}

function parsePortName(token: Token, protocol: Protocol | undefined, onFault: OnFault): PortTerm | undefined {
  const { text } = token;
  if (isDnsLabel(text)) return { kind: 'name', name: text, protocol };
  if (text === '') return wrongPort(token, RULE, onFault, { advice: 'remove the ":" or "+" that nothing follows' });
  if (text.includes(':')) {
    return wrongPort(token, 'must have one ":" between a peer and its ports', onFault, {
      advice: 'ports are joined by "+" and a range is written "8000-8100"',
    });
  }
  if (/[&=]/.test(text)) return wrongPort(token, 'must have its ports after all of its labels', onFault);
  return wrongPort(token, RULE, onFault, { want: dnsNameLike(text.replaceAll('.', '-'), isDnsLabel) });
}

function onProtocol(token: Token, word: string, onFault: OnFault): undefined {
  const number = token.text.slice(0, -word.length - 1);
  const isSwapped = Object.hasOwn(PROTOCOL_OF, number) && /^[0-9]+$/.test(word);
  const isSecondPort = /^[0-9]+\/[0-9]+$/.test(token.text);
  const protocol = nearest(word, PROTOCOL_WORDS);
  const want = isSwapped
    ? `${word}/${number}`
    : isSecondPort
      ? `${number}+${word}`
      : protocol && `${number}/${protocol}`;
  return wrongPort(token, 'must have "tcp", "udp" or "sctp" after the "/" of a port', onFault, { want });
}

function wrongPort(
  token: Token,
  must: string,
  onFault: OnFault,
  hint: { readonly want?: string | undefined; readonly advice?: string } = {},
): undefined {
  onFault({ code: 'invalid-port', at: token.offset, must, got: token.text, ...hint });
  return undefined;
}
