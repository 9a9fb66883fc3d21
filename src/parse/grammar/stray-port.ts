import type { OnFault, Token } from './fault.ts';

const COLON = 58;
const PORT = /^:?[0-9]+(?:-[0-9]+)?(?:\/(?:tcp|udp|sctp))?$/i;

/** `web:80,443` and `web: 80` are meant as ports of `web`: refuses an item that can only be a port. */
export function refuseStrayPort(token: Token, onFault: OnFault): boolean {
  // Ports begin with a digit or a colon, nearly all peers with a letter.
  if (token.text.charCodeAt(0) > COLON) return false;
  const pieces = token.text.split('+');
  const isStray = pieces.every((piece) => PORT.test(piece)) || token.text === ':' || token.text === '-';
  if (!isStray) return false;
  onFault({
    code: token.text === '-' ? 'invalid-peer' : 'invalid-port',
    at: token.offset,
    must: 'must begin with a peer',
    got: token.text,
    advice:
      token.text === '-'
        ? 'a list in text has no dashes: items are separated by commas, spaces or newlines'
        : `ports follow their peer without spaces, joined by "+", as in "web:80+443"; an object of that name is "./${token.text}"`,
  });
  return true;
}
