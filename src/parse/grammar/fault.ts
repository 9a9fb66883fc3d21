/** What can be wrong with a list; documented in docs/grammar.md. */
export type GrammarCode =
  | 'empty-list'
  | 'swallowed-comment'
  | 'unreplaced-variable'
  | 'invalid-character'
  | 'invalid-peer'
  | 'invalid-wildcard'
  | 'invalid-label'
  | 'invalid-cidr'
  | 'invalid-host'
  | 'invalid-port'
  | 'invalid-request'
  | 'cluster-dns-name'
  | 'none-not-alone';

/** One thing that is wrong, as the part of the parser that found it says it. */
export interface Fault {
  readonly code: GrammarCode;
  /** Offset in the whole text. */
  readonly at: number;
  /** 'must be a port from 1 to 65535' */
  readonly must: string;
  readonly got: string;
  /** What to write in place of `got`, where there is exactly one answer. */
  readonly want?: string | undefined;
  /** What can be done, where there is no single answer. */
  readonly advice?: string;
}

/** Takes faults as they are found. A parser answers undefined after one. */
export type OnFault = (fault: Fault) => void;

/** A piece of the text, and where it begins. */
export interface Token {
  readonly text: string;
  readonly offset: number;
}

/** The piece of a token from `from` to before `to`. */
export function sliceToken(token: Token, from: number, to: number = token.text.length): Token {
  return { text: token.text.slice(from, to), offset: token.offset + from };
}

/** The pieces of a token between the occurrences of one character. */
export function splitToken(token: Token, separator: string): Token[] {
  const pieces: Token[] = [];
  let from = 0;
  for (const text of token.text.split(separator)) {
    pieces.push({ text, offset: token.offset + from });
    from += text.length + separator.length;
  }
  return pieces;
}
