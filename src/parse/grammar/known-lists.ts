import type { Item } from '../../model/declaration.ts';
import type { GrammarError } from './grammar-error.ts';
import { parseList } from './parse-list.ts';

type ListRead = { readonly items: readonly Item[] } | { readonly errors: readonly GrammarError[] };

const MOST_LISTS = 1000;

const knownLists = new Map<string, ListRead>();

/** Reads a list as `parseList` does. Many objects say the same one, so it is read once and shared. */
export function parseKnownList(text: string): ListRead {
  const known = knownLists.get(text);
  if (known !== undefined) return known;
  const read = parseList(text);
  if (knownLists.size < MOST_LISTS) knownLists.set(text, read);
  return read;
}
