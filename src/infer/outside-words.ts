import type { AliasPeer } from '../model/config.ts';
import { type DialectName, dialectsThatSay, says } from '../model/dialect.ts';
import type { Problem } from '../model/problem.ts';
import type { RulePeer } from '../policy/peer.ts';
import { ipBlock } from './ip-blocks.ts';

/** An alternative of an alias that is no pods. */
export type OutsideAlias = Extract<AliasPeer, { kind: 'cidrs' }>;

/** What it is called in a dialect: by the dialect's own words where the entry has some, else by its addresses. */
export function outsideWords({ cidrs, services }: OutsideAlias, dialect: DialectName): readonly RulePeer[] {
  if (says(dialect, 'services') && services.length > 0) {
    return services.map((service) => ({ kind: 'service', ...service }));
  }
  return cidrs.map(({ cidr, except }) => ipBlock(cidr, except));
}

/** The error about an entry that has no words for a dialect; `got` is the item, or undefined where the config itself says it. */
export function wordless(dialect: DialectName, got: string | undefined): Omit<Problem, 'severity'> {
  const able = dialectsThatSay('services').map((name) => `"${name}"`);
  const found = got === undefined ? '' : `, got "${got}"`;
  return {
    code: 'dialect-cannot-say',
    message:
      `must not be a Service to follow in the dialect "${dialect}"${found}: ` +
      `give the peer "cidrs" beside its "services", or write in the dialect ${able.join(' or ')}`,
    ...(got === undefined ? {} : { got }),
  };
}
