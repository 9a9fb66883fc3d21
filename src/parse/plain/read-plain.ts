import { isFiller, type Line } from '../input/line.ts';
import { type Block, firstContent, isDash } from '../input/section.ts';
import { ODD } from './odd.ts';
import { readKey } from './read-key.ts';
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
 *   numbers of up to 15 digits, `true`, `false`, `null`, `{}`, `[]`; plain text begins with none of YAML's signs, holds
 *   no `: `, and no number of another kind;
 * - literals: `|` and `|-` without an indentation, whose first line is not blank;
 * - mappings and lists in block style, of one column each; a list's entry begins on its dash's line, or the line holds
 *   nothing but a comment;
 * - comments on lines of their own and behind values.
 * No anchors, aliases, tags, merge keys, flow style, folded or continued scalars, complex keys.
 */
export function readPlain(text: string, lines: readonly Line[], block: Block): PlainRead | undefined {
  const from = lines[block.from];
  const last = lines[block.to - 1];
  if (from === undefined || last === undefined || ODD_CHARACTER.test(text.slice(block.start, last.end)))
    return undefined;
  const first = firstContent(text, lines, block);
  const isOnMarker = block.start > from.start && !isDash(text, from);
  if (first === undefined || (first.number === block.from && isOnMarker)) return undefined;
  try {
    const cursor: Cursor = { text, lines, to: block.to, number: first.number, depth: 0 };
    const start = (lines[first.number] as Line).start;
    const value = readMapping(cursor, first.offset - start, first.offset);
    return cursor.number === block.to ? { value } : undefined;
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
  readonly lines: readonly Line[];
  readonly to: number;
  number: number;
  depth: number;
}

/** A mapping whose keys stand at `column`; the first one at `offset`, maybe behind a dash. */
function readMapping(cursor: Cursor, column: number, offset: number): Record<string, unknown> {
  const mapping: Record<string, unknown> = {};
  for (let at = offset; ; ) {
    const key = readKey(cursor.text, at);
    if (key === undefined || Object.hasOwn(mapping, key.name)) throw ODD;
    mapping[key.name] = readValue(cursor, column, key.end, column);
    const line = cursor.lines[cursor.number];
    if (cursor.number === cursor.to || line === undefined || line.column < column) return mapping;
    if (line.column > column) throw ODD;
    at = line.start + column;
  }
}

/** A list whose dashes stand at `column`. */
function readList(cursor: Cursor, column: number): unknown[] {
  const list: unknown[] = [];
  for (let line = cursor.lines[cursor.number]; line !== undefined && cursor.number < cursor.to; ) {
    if (line.column !== column || !isDash(cursor.text, line)) break;
    list.push(readEntry(cursor, line));
    line = cursor.lines[cursor.number];
  }
  return list;
}

function readEntry(cursor: Cursor, line: Line): unknown {
  const behind = line.start + line.column + 1;
  const at = skipSpaces(cursor.text, behind);
  const isMapping = at < line.end && readKey(cursor.text, at) !== undefined;
  return isMapping
    ? nested(cursor, () => readMapping(cursor, at - line.start, at))
    : readValue(cursor, line.column, behind, line.column + 1);
}

/**
 * What stands behind a colon or a dash at `offset`: on the same line, or below it deeper than `column`; a list may stand
 * at `listColumn` too. Leaves the cursor on the next line with content.
 */
function readValue(cursor: Cursor, column: number, offset: number, listColumn: number): unknown {
  const { text, lines } = cursor;
  const { end } = lines[cursor.number] as Line;
  const at = skipSpaces(text, offset);
  if (at >= end || text.charCodeAt(at) === HASH) return readBelow(cursor, column, listColumn);
  if (text.charCodeAt(at) === PIPE) {
    const { value, next } = readLiteral(text, lines, cursor.number, cursor.to, at, column);
    skipFillers(cursor, next);
    return value;
  }
  const value = readScalar(text, at, end);
  // What stands deeper than this value, and so belongs to it, is refused by the mapping around it.
  skipFillers(cursor, cursor.number + 1);
  return value;
}

function readBelow(cursor: Cursor, column: number, listColumn: number): unknown {
  skipFillers(cursor, cursor.number + 1);
  const line = cursor.lines[cursor.number];
  if (line === undefined || cursor.number >= cursor.to || line.column < listColumn) return null;
  if (isDash(cursor.text, line)) return nested(cursor, () => readList(cursor, line.column));
  if (line.column <= column) return null;
  return nested(cursor, () => readMapping(cursor, line.column, line.start + line.column));
}

function nested<Value>(cursor: Cursor, read: () => Value): Value {
  cursor.depth += 1;
  if (cursor.depth > DEEPEST) throw ODD;
  const value = read();
  cursor.depth -= 1;
  return value;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at += 1;
  return at;
}

function skipFillers(cursor: Cursor, from: number): void {
  let number = from;
  while (number < cursor.to && isFiller(cursor.lines[number] as Line)) number += 1;
  cursor.number = number;
}
