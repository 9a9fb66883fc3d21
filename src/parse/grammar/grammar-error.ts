import type { Place, Problem } from '../../model/problem.ts';
import type { Fault, GrammarCode } from './fault.ts';

/** One thing that is wrong with a list, and where. */
export interface GrammarError {
  readonly code: GrammarCode;
  /** The whole sentence: 'must be a port from 1 to 65535, got "0"'. */
  readonly message: string;
  /** Zero-based position in the text, in UTF-16 units; at most the text's length. */
  readonly offset: number;
  /** One-based. */
  readonly line: number;
  /** One-based, in UTF-16 units. */
  readonly column: number;
  /** The line, and under it a caret at the place. */
  readonly snippet: string;
  readonly got: string;
  /** What to write in place of `got`, where there is exactly one answer. */
  readonly want?: string;
}

const LONGEST_GOT = 100;
const SNIPPET_WIDTH = 100;

/** The error of a list as a problem of the annotation or field that holds it. */
export function grammarProblem(error: GrammarError, place: Place): Problem {
  const { code, message, got, want, snippet } = error;
  return { ...place, code, severity: 'error', message, got, snippet, ...(want === undefined ? {} : { want }) };
}

/** Turns faults into errors: gives them a sentence, a line and a snippet, in the order of the text. */
export function locateFaults(text: string, faults: readonly Fault[]): GrammarError[] {
  const starts = lineStarts(text);
  return faults.toSorted((a, b) => a.at - b.at).map((fault) => errorOf(fault, text, starts));
}

function errorOf(fault: Fault, text: string, starts: readonly number[]): GrammarError {
  const line = lineAt(starts, fault.at);
  const start = starts[line - 1] ?? 0;
  const column = fault.at - start + 1;
  return {
    code: fault.code,
    message: messageOf(fault),
    offset: fault.at,
    line,
    column,
    snippet: snippetOf(text.slice(start, starts[line] ?? text.length), line, column),
    got: fault.got,
    ...(fault.want === undefined ? {} : { want: fault.want }),
  };
}

function messageOf({ must, got, want, advice }: Fault): string {
  const meant = want === undefined ? '' : ` (did you mean "${shorten(want)}"?)`;
  return `${must}, got "${shorten(got)}"${meant}${advice === undefined ? '' : `; ${advice}`}`;
}

/** Offsets at which lines begin. */
function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (end) => end.index + end[0].length)];
}

/** One-based number of the line that holds an offset, by bisection: a long list may have many errors. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}

function snippetOf(line: string, number: number, column: number): string {
  const from = Math.max(0, column - 1 - Math.floor((SNIPPET_WIDTH * 2) / 3));
  const shown = printable(line.slice(from, from + SNIPPET_WIDTH)).trimEnd();
  const gutter = ' '.repeat(String(number).length);
  return `${number} | ${shown}\n${gutter} | ${' '.repeat(column - 1 - from)}^`;
}

function shorten(text: string): string {
  return printable(text.length > LONGEST_GOT ? `${text.slice(0, LONGEST_GOT - 3)}...` : text);
}

/** One column per UTF-16 unit, so that the caret stays under its place and a terminal is told nothing. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be printed
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}
