import type { Item } from '../../model/declaration.ts';
import type { Fault, OnFault, Token } from './fault.ts';
import { type GrammarError, locateFaults } from './grammar-error.ts';
import { parseItem } from './parse-item.ts';
import { splitList } from './split-list.ts';

/**
 * Reads a list of peers, such as `cart, billing/ledger:grpc, internet:443`, as an annotation or a field of the config
 * writes it. Answers the items in their order (never none of them), or every error that can be told apart. Never
 * throws, and takes time in proportion to the text.
 */
export function parseList(text: string): { readonly items: Item[] } | { readonly errors: GrammarError[] } {
  const faults: Fault[] = [];
  const onFault: OnFault = (fault) => faults.push(fault);
  const tokens = splitList(text, onFault);
  const items = tokens.flatMap((token) => parseItem(token, onFault) ?? []);
  if (tokens.length === 0 && faults.length === 0) onFault(emptyList(text));
  if (tokens.length > 1) refuseNoneAmongOthers(items, tokens, onFault);
  return faults.length === 0 ? { items } : { errors: locateFaults(text, faults) };
}

function emptyList(text: string): Fault {
  return {
    code: 'empty-list',
    at: 0,
    must: 'must say "none" where nothing may connect',
    got: text.trim(),
    advice: 'an empty list may be a template that lost its items',
  };
}

/** `none` refuses everybody, so that another item beside it contradicts it. */
function refuseNoneAmongOthers(items: readonly Item[], tokens: readonly Token[], onFault: OnFault): void {
  if (!items.some(({ peer }) => peer.kind === 'keyword' && peer.keyword === 'none')) return;
  for (const { text, offset } of tokens.filter((token) => token.text === 'none')) {
    onFault({
      code: 'none-not-alone',
      at: offset,
      must: 'must be alone in its list',
      got: text,
      advice: 'remove it, or remove the other items',
    });
  }
}
