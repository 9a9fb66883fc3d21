import { KEYWORDS, type Keyword } from '../../model/declaration.ts';

/** Whether a word is a keyword, in exactly this spelling. */
export function isKeyword(word: string): word is Keyword {
  return (KEYWORDS as readonly string[]).includes(word);
}
