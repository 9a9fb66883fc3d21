import type { Alias, AliasPeer } from '../../model/config.ts';
import { isDnsLabel, isDnsSubdomain } from '../grammar/dns-name.ts';
import { isKeyword } from '../grammar/keyword.ts';
import { readPeer } from './read-peer.ts';
import type { RawPeer } from './schema-peers.ts';
import { placeOfSpot, reportAt, type Spot, within } from './spot.ts';

/** The entries of `peers`. Of `names`, those without an entry were wrong, and stand for nothing. */
export function readAliases(raw: Readonly<Record<string, RawPeer>>, names: readonly string[], spot: Spot): Alias[] {
  return names.flatMap((name) => {
    const at = within(spot, name);
    if (!checkName(name, at)) return [];
    const peer = Object.hasOwn(raw, name) ? raw[name] : undefined;
    const peers = peer === undefined ? [] : readPeer(peer, at);
    refuseAliases(peers, raw, at);
    return [{ name, peers, place: placeOfSpot(at) }];
  });
}

function checkName(name: string, spot: Spot): boolean {
  if (isKeyword(name)) {
    const must = 'must not be called like a keyword of the lists';
    reportAt(spot, { code: 'invalid-alias', must, got: name });
    return false;
  }
  const [last = '', namespace, ...more] = name.split('/').toReversed();
  if (isDnsSubdomain(last) && (namespace === undefined || isDnsLabel(namespace)) && more.length === 0) return true;
  const must = 'must be called "name" or "namespace/name", of lower-case letters, digits, "-" and "."';
  reportAt(spot, { code: 'invalid-alias', must, got: name });
  return false;
}

/** An alias of an alias would have to be followed, maybe for ever. */
function refuseAliases(peers: readonly AliasPeer[], raw: Readonly<Record<string, RawPeer>>, spot: Spot): void {
  for (const { peer, text } of peers.flatMap((alias) => (alias.kind === 'items' ? alias.items : []))) {
    if (peer.kind !== 'name' || peer.local) continue;
    const name = peer.namespace === undefined ? peer.name : `${peer.namespace}/${peer.name}`;
    if (!Object.hasOwn(raw, name)) continue;
    reportAt(spot, {
      code: 'invalid-alias',
      must: 'must not stand for another name of "peers"',
      got: text,
      advice: 'write labels, such as "shop/app=web", or what the other name stands for',
    });
  }
}
