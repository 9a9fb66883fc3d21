import type { MatrixView } from '../../model/matrix-view.ts';
import { visible } from '../visible.ts';
import { type Note, sheetOf } from './sheet.ts';

/** How a terminal is written to. */
export interface Terminal {
  /** Columns. */
  readonly width: number;
  readonly isColoured: boolean;
}

const GAP = '  ';

/** Longer lines of running text are hard to read. */
const WIDEST_TEXT = 100;

/** A matrix for a terminal: columns as wide as they need be, cells broken between names. Ends with a newline. */
export function printMatrix(view: MatrixView, { width, isColoured }: Terminal): string {
  const sheet = sheetOf(view);
  const paint = (code: number, text: string): string => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const widths = columnWidths([sheet.header.map((word) => [word]), ...sheet.rows], width);
  const header = sheet.header.map((word, index) => word.toUpperCase().padEnd(widths[index] ?? 0)).join(GAP);
  const rows = sheet.rows.flatMap((cells, row) =>
    linesOf(cells, widths).map((line) => (sheet.wide.has(row) ? paint(33, line) : line)),
  );
  const notes = sheet.notes.flatMap((note) => noteLines(note, Math.min(width, WIDEST_TEXT), (text) => paint(1, text)));
  const table = rows.length === 0 ? ['Nothing may connect.'] : [paint(1, header.trimEnd()), ...rows];
  return `${[paint(1, sheet.title), '', ...table, '', ...notes].join('\n')}\n`;
}

/** The first two columns share what the others leave. */
function columnWidths(rows: readonly (readonly (readonly string[])[])[], width: number): readonly number[] {
  const wanted = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => joined(row[column]).length)));
  const [sources = 0, destinations = 0, ports = 0, pairs = 0] = wanted;
  const portWidth = Math.min(ports, Math.max(12, Math.floor(width * 0.25)));
  const room = Math.max(40, width - portWidth - pairs - GAP.length * (wanted.length - 1));
  const half = Math.floor(room / 2);
  const left = Math.min(sources, Math.max(half, room - destinations));
  return [left, Math.min(destinations, Math.max(half, room - left)), portWidth, pairs];
}

function joined(words: readonly string[] = []): string {
  return words.map(visible).join(', ');
}

function linesOf(cells: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const wrapped = cells.map((words, column) => wrap(words, widths[column] ?? 0));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    wrapped
      .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** Words with commas between them, on lines of at most `width` columns; a selector that is longer breaks before its "&". */
function wrap(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const text = visible(word) + (index < words.length - 1 ? ',' : '');
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= width) lines[lines.length - 1] = `${last} ${text}`;
    else if (text.length <= width) lines.push(text);
    else lines.push(...breakWord(text, width));
  }
  return lines;
}

function breakWord(word: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const piece of word.split(/(?=&)/).flatMap((part) => piecesOf(part, width - 2))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + piece.length <= width) lines[lines.length - 1] = last + piece;
    else lines.push(last === undefined ? piece : `  ${piece}`);
  }
  return lines;
}

function piecesOf(text: string, width: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / width) }, (_, piece) =>
    text.slice(piece * width, (piece + 1) * width),
  );
}

function noteLines({ head, text }: Note, width: number, bold: (text: string) => string): readonly string[] {
  const lead = head === '' ? '' : `${visible(head)}: `;
  const lines = wrapText(lead + visible(text), Math.max(40, width));
  const [first = '', ...others] = lines;
  return [
    lead === '' || !first.startsWith(lead.trimEnd())
      ? first
      : bold(lead.trimEnd()) + first.slice(lead.trimEnd().length),
    ...others.map((line) => `  ${line}`),
  ];
}

function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const room = lines.length > 1 ? width - 2 : width;
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
