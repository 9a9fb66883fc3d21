import { nearest } from '../model/nearest.ts';

/** A word that an option takes, or what to say of one that it does not. */
export function oneOf<Word extends string>(
  option: string,
  word: string,
  words: readonly Word[],
): Word | { readonly wrong: string } {
  const found = words.find((known) => known === word);
  if (found !== undefined) return found;
  const near = nearest(word, words);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return { wrong: `${option} must be one of ${words.join(', ')}, got "${word}"${hint}` };
}
