import { isNoText } from './is-no-text.ts';
import { ODD } from './odd.ts';

const KEY = /(?:[A-Za-z_][A-Za-z0-9_./-]*|"[A-Za-z0-9_./-]+"|'[A-Za-z0-9_./-]+'):(?=[ \n]|$)/y;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
/** YAML's limit for keys is 1024 characters. */
const LONGEST = 500;

/** The offset behind the colon of the key at an offset; 0 where something else stands there. */
export function endOfKey(text: string, offset: number): number {
  KEY.lastIndex = offset;
  return KEY.test(text) ? KEY.lastIndex : 0;
}

/** The key from an offset to the one behind its colon. Throws ODD. */
export function keyBetween(text: string, offset: number, end: number): string {
  const first = text.charCodeAt(offset);
  const isQuoted = first === DOUBLE_QUOTE || first === SINGLE_QUOTE;
  const key = isQuoted ? text.slice(offset + 1, end - 2) : text.slice(offset, end - 1);
  if (key.length > LONGEST || key === '__proto__') throw ODD;
  if (!isQuoted && isNoText(key)) throw ODD;
  return key;
}
