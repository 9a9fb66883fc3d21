import { isNoText } from './is-no-text.ts';
import { ODD } from './odd.ts';

const PLAIN_KEY = /[A-Za-z_][A-Za-z0-9_./-]*:(?=[ \n]|$)/y;
const QUOTED_KEY = /(?:"[A-Za-z0-9_./-]+"|'[A-Za-z0-9_./-]+'):(?=[ \n]|$)/y;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
/** YAML's limit for keys is 1024 characters. */
const LONGEST = 500;

/** The offset behind the colon of the key at an offset; 0 where something else stands there. */
export function endOfKey(text: string, offset: number): number {
  const key = isQuote(text.charCodeAt(offset)) ? QUOTED_KEY : PLAIN_KEY;
  key.lastIndex = offset;
  return key.test(text) ? key.lastIndex : 0;
}

/** The key from an offset to the one behind its colon. Throws ODD. */
export function keyBetween(text: string, offset: number, end: number): string {
  const isQuoted = isQuote(text.charCodeAt(offset));
  const key = isQuoted ? text.slice(offset + 1, end - 2) : text.slice(offset, end - 1);
  if (key.length > LONGEST || key === '__proto__') throw ODD;
  if (!isQuoted && isNoText(key)) throw ODD;
  return key;
}

function isQuote(code: number): boolean {
  return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}
