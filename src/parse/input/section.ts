import { isNoText } from '../plain/is-no-text.ts';
import { hasText, isFiller, type Lines, nextNotDeeper, startOfLine } from './lines.ts';

/** Lines of one object in block style; its first line may begin behind a dash. */
export interface Block {
  /** Number of the first line, and of the line behind the last one. */
  readonly from: number;
  readonly to: number;
  /** Offset in the first line where the object may begin. */
  readonly start: number;
}

/** What the line of a key at the top of an object says. */
interface Head {
  readonly key: string;
  /** Offset behind the colon. */
  readonly value: number;
  /** Nothing but a comment stands behind the colon. */
  readonly isEmpty: boolean;
  /** Text that is written plainly on the line; undefined where something else stands there, or nothing. */
  readonly word: string | undefined;
}

/** One `key: value` at the top of an object in block style. */
export interface Section extends Head {
  /** Number of the key's line, and of the next key's line. */
  readonly from: number;
  readonly to: number;
  /** Whether more than blank lines and comments follow the key's line. */
  readonly goesOn: boolean;
}

/** The top of an object in block style. */
export interface Sections {
  readonly column: number;
  readonly sections: readonly Section[];
}

const PLAIN_KEY = /[A-Za-z][A-Za-z0-9_./-]* *:(?=[ \t\r\n]|$)/y;
const QUOTED_KEY = /(?:"[A-Za-z][A-Za-z0-9_./-]*"|'[A-Za-z][A-Za-z0-9_./-]*') *:(?=[ \t\r\n]|$)/y;
const KEY_ITSELF = /[A-Za-z][A-Za-z0-9_./-]*/;
const NOTHING_MORE = /^[ \t]*(?:#.*)?$/;
const PLAIN_VALUE = /^[ \t]*([A-Za-z][A-Za-z0-9./-]*)[ \t]*(?:[ \t]#.*)?$/;
const QUOTED_VALUE = /^[ \t]*(?:"([^"\\]*)"|'([^']*)')[ \t]*(?:[ \t]#.*)?$/;
const DASH = 45;
const HASH = 35;
const TAB = 9;
const SPACE = 32;
const COLON = 58;

/**
 * Reads the top-level keys of an object without parsing it. Undefined where that is not sure: unless every line at the
 * keys' column is a plain or simply quoted key, a comment, or a dash under a key without a value, and no line stands
 * further left. What is deeper belongs to the key above it, whatever it holds: YAML wants every line of a nested
 * scalar or collection further right than its key.
 */
export function readSections(text: string, lines: Lines, block: Block): Sections | undefined {
  const first = firstContent(text, lines, block);
  if (first === undefined) return undefined;
  const column = first.offset - startOfLine(lines, first.number);
  const sections: Section[] = [];
  let open = openSection(text, lines, first.number, first.offset);
  const { to } = block;
  for (let from = first.number + 1; open !== undefined; ) {
    const number = nextNotDeeper(lines, from, to, column);
    open.goesOn ||= hasText(lines, from, number);
    if (number === to) break;
    const part = partOf(text, lines, number, column, open);
    if (part === 'odd') return undefined;
    if (part === 'inside') open.goesOn = true;
    from = number + 1;
    if (part !== 'key') continue;
    open.to = number;
    sections.push(open);
    open = openSection(text, lines, number, startOfLine(lines, number) + column);
  }
  if (open === undefined) return undefined;
  open.to = to;
  sections.push(open);
  return { column, sections };
}

/** What a line that is no deeper than the keys is to the section that is open above it. */
function partOf(
  text: string,
  lines: Lines,
  number: number,
  column: number,
  open: Open,
): 'filler' | 'inside' | 'key' | 'odd' {
  if (isFiller(lines, number)) return 'filler';
  if ((lines.columns[number] as number) < column) return 'odd';
  return open.isEmpty && isDash(text, lines, number) ? 'inside' : 'key';
}

interface Open extends Section {
  to: number;
  goesOn: boolean;
}

function openSection(text: string, lines: Lines, number: number, offset: number): Open | undefined {
  const head = headOf(text.slice(offset, lines.ends[number]));
  if (head === undefined) return undefined;
  const { key, value, isEmpty, word } = head;
  return { key, from: number, to: number, value: offset + value, goesOn: false, isEmpty, word };
}

const MOST_HEADS = 1000;
const LONGEST_HEAD = 100;

/** Objects begin with the same few lines: `kind: Service`, `metadata:`. Offsets count from the key. */
const knownHeads = new Map<string, Head>();

function headOf(line: string): Head | undefined {
  if (line.length > LONGEST_HEAD) return readHead(line);
  const known = knownHeads.get(line);
  if (known !== undefined) return known;
  const head = readHead(line);
  if (head !== undefined && knownHeads.size < MOST_HEADS) knownHeads.set(line, head);
  return head;
}

function readHead(line: string): Head | undefined {
  const key = line.charCodeAt(0) < COLON ? QUOTED_KEY : PLAIN_KEY;
  key.lastIndex = 0;
  if (!key.test(line)) return undefined;
  const value = key.lastIndex;
  const written = line.slice(value);
  const isEmpty = NOTHING_MORE.test(written);
  return { key: keyOf(line.slice(0, value - 1)), value, isEmpty, word: isEmpty ? undefined : wordIn(written) };
}

/** The text behind a colon where it is written plainly. */
function wordIn(written: string): string | undefined {
  const plain = PLAIN_VALUE.exec(written)?.[1];
  if (plain !== undefined) return isNoText(plain) ? undefined : plain;
  const quoted = QUOTED_VALUE.exec(written);
  return quoted?.[1] || quoted?.[2] || undefined;
}

/** The key that is written before a colon. */
function keyOf(written: string): string {
  return written.charCodeAt(0) < COLON || written.endsWith(' ') ? (KEY_ITSELF.exec(written)?.[0] ?? '') : written;
}

/** Where an object begins: behind its dash or marker, or on the next line that is more than a comment. */
export function firstContent(text: string, lines: Lines, block: Block): { number: number; offset: number } | undefined {
  let offset = block.start;
  while (text.charCodeAt(offset) === SPACE) offset += 1;
  if (offset < (lines.ends[block.from] ?? 0) && text.charCodeAt(offset) !== HASH) return { number: block.from, offset };
  for (let number = block.from + 1; number < block.to; number += 1) {
    if (!isFiller(lines, number)) return { number, offset: contentOf(lines, number) };
  }
  return undefined;
}

/** Offset of a line's first character that is not a space. */
function contentOf({ starts, columns }: Lines, number: number): number {
  return (starts[number] as number) + (columns[number] as number);
}

/** Whether a line begins an entry of a list. */
export function isDash(text: string, lines: Lines, number: number): boolean {
  if (lines.firsts[number] !== DASH) return false;
  const behind = contentOf(lines, number) + 1;
  const next = text.charCodeAt(behind);
  return next === SPACE || next === TAB || behind === lines.ends[number];
}

/** The string at a key that occurs once, where it is written plainly on the key's line; else undefined. */
export function plainValue({ sections }: Sections, key: string): string | undefined {
  const section = onlySection(sections, key);
  return section === undefined || section.goesOn ? undefined : section.word;
}

/** A section whose key occurs once. */
function onlySection(sections: readonly Section[], key: string): Section | undefined {
  let found: Section | undefined;
  for (let at = 0; at < sections.length; at += 1) {
    const section = sections[at] as Section;
    if (section.key !== key) continue;
    if (found !== undefined) return undefined;
    found = section;
  }
  return found;
}
