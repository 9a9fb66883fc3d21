import { ODD } from './odd.ts';
import { resolveWord } from './resolve-word.ts';

const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const DASH = 45;
const COLON = 58;
const BRACKET = 91;
const LF = 10;

const QUOTED = /"[^"\\\n]*"/y;
/** Escapes that mean the same in JSON. */
const ESCAPED = /"(?:[^"\\\n]|\\["\\/bfnrt])*"/y;
/** `["/app", "--port=80"]`, which means the same in JSON. */
const QUOTED_LIST = /\[ *(?:"[^"\\\n]*"(?: *, *"[^"\\\n]*")* *)?\]/y;
const SINGLE_QUOTED = /'(?:[^'\n]|'')*'/y;
const REST = / *(?: #[^\n]*)?(?:\n|$)/y;
/** Text without spaces and colons that fills its line, as nearly all is. */
const ONE_WORD = /[A-Za-z0-9_/][^ :\n]*\n/y;
/** Characters that begin nothing but text, in every context. */
const TEXT_FIRST = /[A-Za-z0-9_/.+(^$\u00a0-\uffff]/;
const TEXT_AFTER_DASH = /[A-Za-z0-9]|-[A-Za-z0-9]/y;
/** As in `::/0`. */
const TEXT_AFTER_COLON = /[:/A-Za-z0-9]/y;

/** Reads a scalar, `{}` or a list of quoted text that ends on its line, from `start` to the line's `end`. Throws ODD. */
export function readScalar(text: string, start: number, end: number): unknown {
  ONE_WORD.lastIndex = start;
  if (ONE_WORD.test(text)) return resolveWord(text.slice(start, end));
  const first = text.charCodeAt(start);
  if (first === DOUBLE_QUOTE) return readDoubleQuoted(text, start);
  if (first === SINGLE_QUOTE) return readSingleQuoted(text, start, end);
  if (text.startsWith('{}', start)) return empty(text, start, {});
  if (first === BRACKET) return readQuotedList(text, start);
  return readPlainText(text, start, end);
}

function readSingleQuoted(text: string, start: number, lineEnd: number): string {
  const next = text.indexOf("'", start + 1);
  if (next === lineEnd - 1) return text.slice(start + 1, next);
  const end = endOfQuoted(text, SINGLE_QUOTED, start);
  const written = text.slice(start + 1, end - 1);
  return written.includes("'") ? written.replaceAll("''", "'") : written;
}

function readDoubleQuoted(text: string, start: number): unknown {
  QUOTED.lastIndex = start;
  if (QUOTED.test(text)) return text.slice(start + 1, endOfQuoted(text, QUOTED, start) - 1);
  return JSON.parse(text.slice(start, endOfQuoted(text, ESCAPED, start)));
}

function readQuotedList(text: string, start: number): unknown {
  return JSON.parse(text.slice(start, endOfQuoted(text, QUOTED_LIST, start)));
}

/** The offset behind what is quoted; only a comment may follow it on its line. */
function endOfQuoted(text: string, quoted: RegExp, start: number): number {
  quoted.lastIndex = start;
  if (!quoted.test(text)) throw ODD;
  const end = quoted.lastIndex;
  endLine(text, end);
  return end;
}

function empty(text: string, start: number, value: object): object {
  endLine(text, start + 2);
  return value;
}

function endLine(text: string, offset: number): void {
  if (text.charCodeAt(offset) === LF) return;
  REST.lastIndex = offset;
  if (!REST.test(text)) throw ODD;
}

function readPlainText(text: string, start: number, end: number): unknown {
  const written = text.slice(start, end);
  const comment = written.indexOf(' #');
  const word = (comment < 0 ? written : written.slice(0, comment)).replace(/ +$/, '');
  if (!beginsText(word) || word.endsWith(':') || word.includes(': ')) throw ODD;
  return resolveWord(word);
}

function beginsText(word: string): boolean {
  const first = word.charCodeAt(0);
  const after = first === DASH ? TEXT_AFTER_DASH : first === COLON ? TEXT_AFTER_COLON : undefined;
  if (after === undefined) return TEXT_FIRST.test(word[0] ?? '');
  after.lastIndex = 1;
  return after.test(word);
}
