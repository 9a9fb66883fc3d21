import { ODD } from './odd.ts';
import { resolveWord } from './resolve-word.ts';

/** A key, and the offset behind its colon. */
export interface Key {
  readonly name: string;
  readonly end: number;
}

const KEY = /([A-Za-z_][A-Za-z0-9_./-]*|"[A-Za-z0-9_./-]+"|'[A-Za-z0-9_./-]+'):(?=[ \n]|$)/y;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
/** YAML's limit for keys is 1024 characters. */
const LONGEST = 500;

/** The key at an offset; undefined where something else stands there. Throws ODD. */
export function readKey(text: string, offset: number): Key | undefined {
  KEY.lastIndex = offset;
  const written = KEY.exec(text)?.[1];
  if (written === undefined) return undefined;
  const first = written.charCodeAt(0);
  const isQuoted = first === DOUBLE_QUOTE || first === SINGLE_QUOTE;
  const name = isQuoted ? written.slice(1, -1) : written;
  if (name.length > LONGEST || name === '__proto__' || (!isQuoted && resolveWord(name) !== name)) throw ODD;
  return { name, end: offset + written.length + 1 };
}
