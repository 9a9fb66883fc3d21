import type { Item, PeerTerm } from '../../model/declaration.ts';
import { checkCharacters } from './check-characters.ts';
import type { OnFault, Token } from './fault.ts';
import { sliceToken } from './fault.ts';
import { isCidrLike, parseCidrItem } from './parse-cidr.ts';
import { parseHost } from './parse-host.ts';
import { parseLabels } from './parse-labels.ts';
import { parseNamed } from './parse-named.ts';
import { parsePorts } from './parse-ports.ts';
import { refuseStrayPort } from './stray-port.ts';

/** Reads one item of a list. */
export function parseItem(token: Token, onFault: OnFault): Item | undefined {
  if (!checkCharacters(token, onFault)) return undefined;
  if (token.text.includes('://')) return itemOf(token, parseHost(token, onFault));
  if (refuseStrayPort(token, onFault)) return undefined;
  if (!token.text.includes('=') && isCidrLike(token.text)) return parseCidrItem(token, onFault);
  return parsePeerAndPorts(token, onFault);
}

function itemOf({ text }: Token, peer: PeerTerm | undefined): Item | undefined {
  return peer && { text, peer, ports: undefined };
}

/** Neither names nor labels have colons, so the first one begins the ports. */
function parsePeerAndPorts(token: Token, onFault: OnFault): Item | undefined {
  const colon = token.text.indexOf(':');
  const head = colon < 0 ? token : sliceToken(token, 0, colon);
  const peer = head.text.includes('=') ? parseLabels(head, onFault) : parseNamed(head, token, onFault);
  const ports = colon < 0 ? undefined : parsePorts(sliceToken(token, colon + 1), onFault);
  if (peer === undefined || (colon >= 0 && ports === undefined)) return undefined;
  if (ports !== undefined && peer.kind === 'keyword' && peer.keyword === 'none') {
    onFault({
      code: 'invalid-port',
      at: token.offset + colon,
      must: 'must not give ports to "none", which refuses every port',
      got: token.text,
      want: 'none',
    });
    return undefined;
  }
  return { text: token.text, peer, ports };
}
