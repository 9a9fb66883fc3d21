import type { AliasPeer } from '../model/config.ts';
import { type DialectName, type DialectWord, dialectsThatSay, says } from '../model/dialect.ts';
import type { Problem } from '../model/problem.ts';
import type { RulePeer } from '../policy/peer.ts';
import { ipBlock } from './ip-blocks.ts';

/** An alternative of an alias that is no pods. */
export type OutsideAlias = Extract<AliasPeer, { kind: 'cidrs' }>;

/** What it is called in a dialect: by the dialect's own words where the entry has some, else by its addresses. */
export function outsideWords({ cidrs, services, entities }: OutsideAlias, dialect: DialectName): readonly RulePeer[] {
  if (says(dialect, 'services') && services.length > 0) {
    return services.map((service) => ({ kind: 'service', ...service }));
  }
  if (says(dialect, 'entities') && entities.length > 0) {
    return entities.map((entity) => ({ kind: 'entity', entity }));
  }
  return cidrs.map(({ cidr, except }) => ipBlock(cidr, except));
}

/** The error about an entry that has no words for a dialect; `got` is the item, or undefined where the config itself says it. */
export function wordless(
  { services, entities }: OutsideAlias,
  dialect: DialectName,
  got: string | undefined,
): Omit<Problem, 'severity'> {
  const fields = [
    ...(services.length === 0 ? [] : (['services'] as const)),
    ...(entities.length === 0 ? [] : (['entities'] as const)),
  ] satisfies DialectWord[];
  const able = [...new Set(fields.flatMap(dialectsThatSay))].map((name) => `"${name}"`);
  const what = fields.map((field) => WORDS[field]).join(' or ');
  return {
    code: 'dialect-cannot-say',
    message:
      `must not be ${what} in the dialect "${dialect}"${got === undefined ? '' : `, got "${got}"`}: ` +
      `give the peer "cidrs" beside its ${fields.map((field) => `"${field}"`).join(' and ')}, ` +
      `or write in the dialect ${able.join(' or ')}`,
    ...(got === undefined ? {} : { got }),
  };
}

const WORDS = { services: 'a Service to follow', entities: 'an entity' } as const;
