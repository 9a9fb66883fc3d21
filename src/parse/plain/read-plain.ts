import { isFiller, type Lines, startOfLine } from '../input/lines.ts';
import { type Block, firstContent, isDash } from '../input/section.ts';
import { isWorthKnowing, type KnownBlocks, knownBlocks, rememberBlock } from './known-blocks.ts';
import { BELOW, knownKey, knownLine, rememberKey, rememberLine } from './known-lines.ts';
import { ODD } from './odd.ts';
import { endOfKey, keyBetween } from './read-key.ts';
import { readLiteral } from './read-literal.ts';
import { readScalar } from './read-scalar.ts';

/** An object that was read. */
export interface PlainRead {
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * Reads one object in block style without the YAML parser, which takes ten times as long, and half a small run only to
 * be loaded. What it reads means the same to the parser: a property test holds both to it. Undefined, which is the
 * parser's turn, at the first thing that is not in this list:
 * - characters: printable ones of Unicode's basic plane, and LF; no tabs, no CR, no byte order mark;
 * - the object is a mapping, which begins behind its dash or on a line of its own; no directives, no second document;
 * - keys of letters, digits and `_./-`, plain (then a letter or `_` comes first, and it is no `null` or `true`) or
 *   quoted; none twice in one mapping, and never `__proto__`;
 * - values that end on their key's or dash's line: plain text, quoted text (escapes as in JSON, without `\u`), whole
 *   numbers of up to 15 digits, `true`, `false`, `null`, `{}`, lists such as `["a", "b"]` without escapes; plain text
 *   begins with none of YAML's signs, holds no `: `, and no number of another kind;
 * - literals: `|` and `|-` without an indentation, whose first line is not blank;
 * - mappings and lists in block style, of one column each; a list's entry begins on its dash's line, or the line holds
 *   nothing but a comment;
 * - comments on lines of their own and behind values.
 * No anchors, aliases, tags, merge keys, flow style, folded or continued scalars, complex keys.
 */
export function readPlain(text: string, lines: Lines, block: Block): PlainRead | undefined {
  const { from, to, start } = block;
  if (from >= to || ODD_CHARACTER.test(text.slice(start, lines.ends[to - 1]))) return undefined;
  const first = firstContent(text, lines, block);
  const isOnMarker = start > (lines.starts[from] as number) && !isDash(text, lines, from);
  if (first === undefined || (first.number === from && isOnMarker)) return undefined;
  try {
    const cursor: Cursor = { text, lines, to, blocks: knownBlocks(lines), number: first.number, depth: 0 };
    const value = readMapping(cursor, first.offset - (lines.starts[first.number] as number), first.offset);
    return cursor.number === to ? { value } : undefined;
  } catch (error) {
    if (error === ODD) return undefined;
    throw error;
  }
}

const ODD_CHARACTER = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe]/;
const DEEPEST = 100;
const HASH = 35;
const PIPE = 124;
const SPACE = 32;

/** Where the reader is: `number` is that of the line which comes next. */
interface Cursor {
  readonly text: string;
  readonly lines: Lines;
  readonly to: number;
  readonly blocks: KnownBlocks;
  number: number;
  depth: number;
}

/** A mapping whose keys stand at `column`; the first one at `offset`, maybe behind a dash. */
function readMapping(cursor: Cursor, column: number, offset: number): Record<string, unknown> {
  const { text, lines, to } = cursor;
  const mapping: Record<string, unknown> = {};
  deeper(cursor);
  for (let at = offset; ; ) {
    const line = text.slice(at, lines.ends[cursor.number]);
    const known = knownLine(line);
    if (known === undefined) readPair(cursor, mapping, column, at, line);
    else {
      if (Object.hasOwn(mapping, known.key)) throw ODD;
      if (known.value !== BELOW) mapping[known.key] = pass(cursor, known.value);
      else if (cursor.depth > 1 || known.key === 'metadata') mapping[known.key] = readBelow(cursor, column, column);
      else mapping[known.key] = readKnownBelow(cursor, column);
    }
    const { number } = cursor;
    if (number === to || (lines.columns[number] as number) < column) break;
    if ((lines.columns[number] as number) > column) throw ODD;
    at = (lines.starts[number] as number) + column;
  }
  cursor.depth -= 1;
  return mapping;
}

/** Reads a key and its value into a mapping. `line` is the key's, from the key on. */
function readPair(cursor: Cursor, mapping: Record<string, unknown>, column: number, at: number, line: string): void {
  const { text, number } = cursor;
  const colon = line.indexOf(': ');
  const written = line.slice(0, Math.max(colon, 0));
  const known = knownKey(written);
  const end = known === undefined ? endOfKey(text, at) : at + colon + 1;
  if (end === 0) throw ODD;
  const key = known ?? keyBetween(text, at, end);
  if (known === undefined && end === at + colon + 1) rememberKey(written, key);
  if (Object.hasOwn(mapping, key)) throw ODD;
  const value = readValue(cursor, column, end, column);
  mapping[key] = value;
  if (end === cursor.lines.ends[number]) rememberLine(line, key, BELOW);
  // The lines of a literal are below, and an object is its owner's alone.
  else if (typeof value !== 'object' && !line.includes('|')) rememberLine(line, key, value);
}

/** A list whose dashes stand at `column`. */
function readList(cursor: Cursor, column: number): unknown[] {
  const { text, lines, to } = cursor;
  const list: unknown[] = [];
  deeper(cursor);
  while (cursor.number < to && lines.columns[cursor.number] === column && isDash(text, lines, cursor.number)) {
    list.push(readEntry(cursor, column));
  }
  cursor.depth -= 1;
  return list;
}

function deeper(cursor: Cursor): void {
  cursor.depth += 1;
  if (cursor.depth > DEEPEST) throw ODD;
}

function readEntry(cursor: Cursor, column: number): unknown {
  const { text, lines, number } = cursor;
  const start = lines.starts[number] as number;
  const behind = start + column + 1;
  const at = skipSpaces(text, behind);
  const end = lines.ends[number] as number;
  const isMapping = at < end && (knownLine(text.slice(at, end)) !== undefined || endOfKey(text, at) > 0);
  return isMapping ? readMapping(cursor, at - start, at) : readValue(cursor, column, behind, column + 1);
}

/**
 * What stands behind a colon or a dash at `offset`: on the same line, or below it deeper than `column`; a list may stand
 * at `listColumn` too. Leaves the cursor on the next line with content.
 */
function readValue(cursor: Cursor, column: number, offset: number, listColumn: number): unknown {
  const { text, lines, number } = cursor;
  const end = lines.ends[number] as number;
  const at = offset === end ? end : skipSpaces(text, offset);
  const first = text.charCodeAt(at);
  if (at >= end || first === HASH) return readBelow(cursor, column, listColumn);
  if (first === PIPE) {
    const { value, next } = readLiteral(text, lines, number, cursor.to, at, column);
    skipFillers(cursor, next);
    return value;
  }
  return pass(cursor, readScalar(text, at, end));
}

/** A value that ends on its line; the cursor leaves that line. */
function pass(cursor: Cursor, value: unknown): unknown {
  // What stands deeper than this value, and so belongs to it, is refused by the mapping around it.
  skipFillers(cursor, cursor.number + 1);
  return value;
}

function readBelow(cursor: Cursor, column: number, listColumn: number): unknown {
  const { text, lines, to } = cursor;
  skipFillers(cursor, cursor.number + 1);
  const { number } = cursor;
  const below = lines.columns[number] as number;
  if (number >= to || below < listColumn) return null;
  if (isDash(text, lines, number)) return readList(cursor, below);
  return below <= column ? null : readMapping(cursor, below, (lines.starts[number] as number) + below);
}

/**
 * What stands below a key at the top of an object, which other objects may say too; metadata is nobody else's. The block
 * is all that is deeper than the key's line, so that line must begin with the key and not with a dash. It is remembered
 * where the reader stopped at its end: a comment may stand further left in the midst of what it read.
 */
function readKnownBelow(cursor: Cursor, column: number): unknown {
  const { text, lines, to, blocks, number } = cursor;
  if (lines.columns[number] !== column) return readBelow(cursor, column, column);
  const until = Math.min(lines.untils[number] as number, to);
  const start = startOfLine(lines, number + 1);
  const end = startOfLine(lines, until);
  if (!isWorthKnowing(end - start)) return readBelow(cursor, column, column);
  const block = text.slice(start, end);
  const known = blocks.get(block);
  if (known !== undefined) {
    skipFillers(cursor, until);
    return known;
  }
  const value = readBelow(cursor, column, column);
  if (cursor.number === until && typeof value === 'object' && value !== null) rememberBlock(blocks, block, value);
  return value;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at += 1;
  return at;
}

function skipFillers(cursor: Cursor, from: number): void {
  const { lines, to } = cursor;
  let number = from;
  while (number < to && isFiller(lines, number)) number += 1;
  cursor.number = number;
}
