/**
 * The lines of a text: a column of numbers for each thing that is known of them. An object for each line would take
 * more room than the text itself, and the collector would carry all of them through a run.
 */
export interface Lines {
  readonly text: string;
  readonly length: number;
  /** Offset of a line's first character, behind a byte order mark. */
  readonly starts: Int32Array;
  /** Offset of its end, without the line break. */
  readonly ends: Int32Array;
  /** Number of leading spaces. Tabs are not indentation in YAML. */
  readonly columns: Int32Array;
  /** Code of the first character that is not a space; 0 in a blank line. A tab only where something follows it. */
  readonly firsts: Uint16Array;
  /**
   * Number of the next line that is not blank and stands no deeper: what lies between is below this line, whatever it
   * holds. Behind a blank line, the next one.
   */
  readonly untils: Int32Array;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const HASH = 35;
const BYTE_ORDER_MARK = '\uFEFF';
/** Manifests have lines of about 25 characters. */
const USUAL_LENGTH = 16;
const MOST_INDENT = 40;
/** Most lines stand where the one before them does, or deeper. */
const INDENTS: readonly string[] = Array.from({ length: MOST_INDENT + 1 }, (_, column) => ' '.repeat(column));

/** Splits a text at YAML's line breaks: LF, CRLF and a CR alone. */
export function splitLines(text: string): Lines {
  const hasCr = text.includes('\r');
  const hasMarks = text.includes(BYTE_ORDER_MARK);
  let table = tableFor(Math.ceil(text.length / USUAL_LENGTH) + 1);
  let length = readLines(text, hasMarks, hasCr, table, 0);
  while (length === table.starts.length) {
    table = grown(table);
    length = readLines(text, hasMarks, hasCr, table, length);
  }
  fillUntils(table, length);
  return { ...table, text, length };
}

/**
 * Puts lines into the table until it is full, from line `number` on, and answers how many it holds then. One loop with
 * few lines of code for each line of the text, and searches by the runtime itself: most of a small run is here.
 */
function readLines(text: string, hasMarks: boolean, hasCr: boolean, table: Table, number: number): number {
  const { starts, ends, columns, firsts } = table;
  let from = number === 0 ? 0 : behindBreak(text, ends[number - 1] as number);
  let column = 0;
  let line = number;
  for (; from < text.length && line < starts.length; line += 1) {
    const start = hasMarks ? behindMark(text, from) : from;
    let at = text.startsWith(INDENTS[column] as string, start) ? start + column : start;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const found = text.indexOf('\n', at);
    const newline = found < 0 ? text.length : found;
    const end = hasCr ? endBefore(text, at, newline) : newline;
    starts[line] = start;
    ends[line] = end;
    columns[line] = at - start;
    firsts[line] = at === end ? 0 : firstOf(text, at, end);
    column = Math.min(at - start, MOST_INDENT);
    from = hasCr ? behindBreak(text, end) : end + 1;
  }
  return line;
}

/** From the last line to the first, so that a line jumps over all that is deeper, and each line is jumped over once. */
function fillUntils({ columns, firsts, untils }: Table, length: number): void {
  for (let number = length - 1; number >= 0; number -= 1) {
    const column = columns[number] as number;
    let next = number + 1;
    if (firsts[number] !== 0)
      while (next < length && (firsts[next] === 0 || (columns[next] as number) > column)) next = untils[next] as number;
    untils[number] = next;
  }
}

type Table = Omit<Lines, 'text' | 'length'>;

/** The system gives the room when it is written to. */
function tableFor(size: number): Table {
  const column = (): Int32Array => new Int32Array(size);
  return {
    starts: column(),
    ends: column(),
    columns: column(),
    firsts: new Uint16Array(size),
    untils: column(),
  };
}

function grown(table: Table): Table {
  const larger = tableFor(table.starts.length * 2);
  for (const name of ['starts', 'ends', 'columns', 'firsts'] as const) larger[name].set(table[name]);
  return larger;
}

/** A tab alone makes no line. */
function firstOf(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  return first === TAB && isBlank(text, at, end) ? 0 : first;
}

function isBlank(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB)) at += 1;
  return at === end;
}

/** A byte order mark is no content at the start of a text, and where files were put together. */
function behindMark(text: string, from: number): number {
  if (text[from] !== BYTE_ORDER_MARK) return from;
  const startsDocument = from === 0 || text.startsWith('---', from + 1) || text[from + 1] === '%';
  return startsDocument ? from + 1 : from;
}

/** The first line break up to a newline. */
function endBefore(text: string, from: number, newline: number): number {
  const cr = text.slice(from, newline).indexOf('\r');
  return cr < 0 ? newline : from + cr;
}

/** Offset behind the line break at an offset. */
function behindBreak(text: string, end: number): number {
  return text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : Math.min(end + 1, text.length);
}

/** Whether a line is blank or a comment, where it is not inside a scalar. */
export function isFiller({ firsts }: Lines, number: number): boolean {
  const first = firsts[number];
  return first === 0 || first === HASH;
}

/** Number of the first line from one on that is not blank and stands no deeper than a column; `to` where none does. */
export function nextNotDeeper({ columns, firsts, untils }: Lines, from: number, to: number, column: number): number {
  let number = from;
  while (number < to && (firsts[number] === 0 || (columns[number] as number) > column)) {
    number = untils[number] as number;
  }
  return Math.min(number, to);
}

/** Whether some of these lines are not blank. */
export function hasText({ firsts }: Lines, from: number, to: number): boolean {
  let number = from;
  while (number < to && firsts[number] === 0) number += 1;
  return number < to;
}

/** Offset of a line by its number; the text's end behind the last one. */
export function startOfLine({ text, length, starts }: Lines, number: number): number {
  return number < length ? (starts[number] as number) : text.length;
}

/** Offset behind a line and its line break. */
export function behindLine({ text, ends }: Lines, number: number): number {
  return behindBreak(text, ends[number] as number);
}

/** Number of the line that holds an offset. */
export function lineOf({ length, starts }: Lines, offset: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
