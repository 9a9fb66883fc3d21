import { keptText } from '../model/kept-text.ts';

/**
 * Prints plain data in block style without the YAML printer, which takes ten times as long; the text is the same, and a
 * property test holds it to that. `lead` stands before the first line, `indent` before every other one. Undefined, which
 * is the printer's turn, at the first value that is not in this list:
 * - mappings and lists in each other, but no list directly in a list;
 * - whole numbers, `true` and `false`;
 * - text of printable ASCII that begins with a letter or `/` and does not end in a space; with `: ` or another reason
 *   for quotes, only without a quote in it;
 * - text of several such lines; ranges of addresses, and what looks like a decimal number.
 */
export function printPlain(value: object, lead: string, indent: string): string | undefined {
  try {
    const printed = printMapping(value as Mapping, indent);
    return printed === '' ? undefined : inOnePiece(lead + printed);
  } catch (error) {
    if (error === ODD) return undefined;
    throw error;
  }
}

/** A text that was put together keeps all of its pieces, until somebody looks at a character. */
function inOnePiece(text: string): string {
  text.charCodeAt(0);
  return text;
}

type Mapping = Readonly<Record<string, unknown>>;

/** Thrown where a value is the printer's. */
const ODD: unique symbol = Symbol('not plain');
const KEY = /^[A-Za-z][A-Za-z0-9_./-]*$/;
/** What YAML 1.1 or 1.2 takes for something else than text. */
const WORDS = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);
const LONGEST_WORD = 5;
/** Text without quotes, unless it is one of those words. */
const SIMPLE = /^[A-Za-z/][A-Za-z0-9_./-]*$/;
const TEXT = /^[A-Za-z/](?:[ -~]*[!-~])?$/;
const NEEDS_QUOTES = /: |:$| #/;
const RANGE = /^[0-9a-f.:]+\/[0-9]+$/;
const DECIMAL = /^[0-9]+(?:\.[0-9]+)?$/;

/** '' for an empty mapping. */
function printMapping(mapping: Mapping, indent: string): string {
  let printed = '';
  let lead = '';
  let keys = keysBehind(lead);
  // Not by a list of the keys: one for each mapping is a fifth of what printing allocates.
  for (const key in mapping) {
    if (!Object.hasOwn(mapping, key)) continue;
    const written = keys.get(key) ?? rememberKey(keys, lead, key);
    printed += written + printValue(mapping[key], indent);
    if (lead === indent) continue;
    lead = indent;
    keys = keysBehind(lead);
  }
  return printed;
}

/** Policies have few keys, at few depths: as they are written, by what stands before them. */
const printedKeys = new Map<string, Map<string, string>>();
const MOST_KEYS = 100;

function keysBehind(indent: string): Map<string, string> {
  const known = printedKeys.get(indent);
  if (known !== undefined) return known;
  const keys = new Map<string, string>();
  if (printedKeys.size < MOST_KEYS) printedKeys.set(indent, keys);
  return keys;
}

function rememberKey(keys: Map<string, string>, indent: string, key: string): string {
  const written = indent + printKey(key);
  if (keys.size < MOST_KEYS) keys.set(key, written);
  return written;
}

function printKey(key: string): string {
  if (!KEY.test(key) || isWord(key)) throw ODD;
  return `${key}:`;
}

/** What stands behind a colon, with the newline. */
function printValue(value: unknown, indent: string): string {
  if (Array.isArray(value)) return value.length === 0 ? ' []\n' : `\n${printList(value, indent)}`;
  if (!isMapping(value)) return printScalar(value, indent);
  const deeper = `${indent}  `;
  const printed = printMapping(value, deeper);
  return printed === '' ? ' {}\n' : `\n${deeper}${printed}`;
}

/** What is neither a mapping nor a list, as it stands behind a colon or a dash. */
function printScalar(value: unknown, indent: string): string {
  if (typeof value === 'string') return printedTexts.get(value) ?? rememberText(value, indent);
  if (typeof value === 'number' || typeof value === 'boolean') return ` ${printAtom(value)}\n`;
  throw ODD;
}

/** Policies say the same few texts, which are looked at once. */
const printedTexts = new Map<string, string>();
const MOST_TEXTS = 1000;
const LONGEST_TEXT = 80;

function rememberText(text: string, indent: string): string {
  const printed = ` ${printText(text, indent)}\n`;
  // A text of several lines stands at its indentation.
  const isAlike = text.length <= LONGEST_TEXT && !text.includes('\n');
  if (isAlike && printedTexts.size < MOST_TEXTS) printedTexts.set(text, printed);
  return printed;
}

function printList(list: readonly unknown[], indent: string): string {
  const dash = `${indent}-`;
  let printed = '';
  for (const entry of list) printed += dash + printEntry(entry, indent);
  return printed;
}

/** What stands behind a dash at `indent`, with the newline. */
function printEntry(entry: unknown, indent: string): string {
  if (!isMapping(entry)) return printScalar(entry, indent);
  const kept = keptText(entry);
  if (kept === undefined) return printInner(entry, indent);
  if (kept.text === '' || kept.indent !== indent) {
    kept.text = inOnePiece(printInner(entry, indent));
    kept.indent = indent;
  }
  return kept.text;
}

function printInner(entry: Mapping, indent: string): string {
  const printed = printMapping(entry, `${indent}  `);
  return printed === '' ? ' {}\n' : ` ${printed}`;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function printAtom(value: number | boolean): string {
  if (typeof value === 'number' && (!Number.isSafeInteger(value) || Object.is(value, -0))) throw ODD;
  return String(value);
}

/** `indent`: of the key or dash; a text of several lines stands deeper. */
function printText(text: string, indent: string): string {
  if (SIMPLE.test(text)) return isWord(text) ? `'${text}'` : text;
  if (TEXT.test(text)) {
    if (!NEEDS_QUOTES.test(text)) return text;
    if (text.includes("'")) throw ODD;
    return `'${text}'`;
  }
  if (RANGE.test(text)) return text;
  if (DECIMAL.test(text)) return `'${text}'`;
  if (!text.split('\n').every((line) => TEXT.test(line))) throw ODD;
  const deeper = `\n${indent}  `;
  return `|-${deeper}${text.replaceAll('\n', deeper)}`;
}

function isWord(text: string): boolean {
  return text.length <= LONGEST_WORD && WORDS.has(text.toLowerCase());
}
