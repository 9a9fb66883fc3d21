import type { Settings } from '../model/declaration.ts';
import { closedByEither, type Isolate } from '../model/direction.ts';
import { strictest } from './trust.ts';

/** What an object says with what the config's rules say for it on top: neither can open what the other one closes. */
export function addSettings(own: Settings = {}, added: Settings): Settings {
  const isolate = joined(own.isolate, added.isolate);
  const trust = strictest([own.trust, added.trust]);
  return {
    ...own,
    ...added,
    ...(isolate === undefined ? {} : { isolate }),
    ...(trust === undefined ? {} : { trust }),
  };
}

/** Every direction that one of the two closes. */
function joined(one: Isolate | undefined, other: Isolate | undefined): Isolate | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return closedByEither(one, other);
}
