import type { Keyword } from '../../model/declaration.ts';

/** Words that stand for a set of peers; `./word` is an object of that name. */
export const KEYWORDS: readonly Keyword[] = ['namespace', 'cluster', 'anywhere', 'internet', 'nodes', 'none'];

/** Whether a word is a keyword, in exactly this spelling. */
export function isKeyword(word: string): word is Keyword {
  return (KEYWORDS as readonly string[]).includes(word);
}
