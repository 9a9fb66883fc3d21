/** One line of a text. */
export interface Line {
  /** Offset of its first character, behind a byte order mark. */
  readonly start: number;
  /** Offset of its end, without the line break. */
  readonly end: number;
  /** Offset of the next line. */
  readonly next: number;
  /** Number of leading spaces. Tabs are not indentation in YAML. */
  readonly column: number;
  /** Code of the first character that is not a space; 0 in a blank line. A tab only where something follows it. */
  readonly first: number;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const BYTE_ORDER_MARK = 0xfeff;

/** Splits a text at YAML's line breaks: LF, CRLF and a CR alone. */
export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  const hasCr = text.includes('\r');
  for (let start = 0; start < text.length; ) {
    const line = readLine(text, start, hasCr);
    lines.push(line);
    start = line.next;
  }
  return lines;
}

function readLine(text: string, from: number, hasCr: boolean): Line {
  const start = text.charCodeAt(from) === BYTE_ORDER_MARK && startsDocument(text, from) ? from + 1 : from;
  let at = start;
  while (text.charCodeAt(at) === SPACE) at += 1;
  const column = at - start;
  const end = endOfLine(text, at, hasCr);
  let first = at < end ? text.charCodeAt(at) : 0;
  if (first === TAB) first = isBlank(text, at, end) ? 0 : TAB;
  return { start, end, next: nextLine(text, end), column, first };
}

function isBlank(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB)) at += 1;
  return at === end;
}

/** A byte order mark is no content at the start of a text, and where files were put together. */
function startsDocument(text: string, from: number): boolean {
  return from === 0 || text.startsWith('---', from + 1) || text[from + 1] === '%';
}

/** A search by the runtime itself, since a loop over all characters is most of a small run. */
function endOfLine(text: string, from: number, hasCr: boolean): number {
  const found = text.indexOf('\n', from);
  const end = found < 0 ? text.length : found;
  if (!hasCr) return end;
  const cr = text.slice(from, end).indexOf('\r');
  return cr < 0 ? end : from + cr;
}

function nextLine(text: string, end: number): number {
  return text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? end + 2 : Math.min(end + 1, text.length);
}

/** Whether a line is blank or a comment, where it is not inside a scalar. */
export function isFiller(line: Line): boolean {
  return line.first === 0 || line.first === 35;
}

/** Offset of a line by its number; the text's end behind the last one. */
export function startOfLine(lines: readonly Line[], index: number): number {
  return lines[index]?.start ?? lines.at(-1)?.next ?? 0;
}

/** Number of the line that holds an offset. */
export function lineOf(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as Line).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
