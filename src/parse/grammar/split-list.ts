import type { OnFault, Token } from './fault.ts';

// What a template engine left behind may hold separators, so it is one piece; without its end it takes the line.
const PIECE = /\{\{|\$\{|\$\(|<no value>|[\s,]|[^\s,{$<]+|[{$<]/g;
const SEPARATOR = /^[ \t\n\r\v\f,]$/;
const CLOSING: Readonly<Record<string, string>> = { '{{': '}}', '${': '}', '$(': ')' };

/** Without these signs a list has no variables and no comments. */
const SIGNS = /[{$<#]/;
const TOKEN = /[^ \t\n\r\v\f,]+/g;

/** Cuts a list at commas, white space and comments. Reads each character once. */
export function splitList(text: string, onFault: OnFault): Token[] {
  return SIGNS.test(text) ? splitPieces(text, onFault) : splitTokens(text);
}

function splitTokens(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    tokens.push({ text: match[0], offset: match.index });
  }
  return tokens;
}

function splitPieces(text: string, onFault: OnFault): Token[] {
  const tokens: Token[] = [];
  const piece = new RegExp(PIECE);
  let start: number | undefined;
  const endToken = (end: number) => {
    if (start !== undefined) tokens.push({ text: text.slice(start, end), offset: start });
    start = undefined;
  };
  for (let match = piece.exec(text); match !== null; match = piece.exec(text)) {
    if (SEPARATOR.test(match[0])) endToken(match.index);
    else if (start === undefined && match[0].startsWith('#'))
      piece.lastIndex = endOfComment(text, match.index, onFault);
    else {
      start ??= match.index;
      piece.lastIndex = endOfVariable(text, match.index, match[0]);
    }
  }
  endToken(text.length);
  return tokens;
}

function endOfVariable(text: string, at: number, opening: string): number {
  const closing = CLOSING[opening];
  if (closing === undefined) return at + opening.length;
  const line = endOfLine(text, at);
  const end = text.slice(at, line).indexOf(closing);
  return end < 0 ? line : at + end + closing.length;
}

/**
 * A comment ends at its newline. Folded YAML (`>`) turns newlines into spaces, so on the only line, or where no newline
 * follows, a comment may have swallowed items, and says so.
 */
function endOfComment(text: string, at: number, onFault: OnFault): number {
  const end = endOfLine(text, at);
  const swallowed = text.slice(at, end).replace(/^#+/, '').trim();
  const mayBeFolded = end === text.length || (isBlankFrom(text, end) && !hasLineBefore(text, at));
  if (swallowed === '' || !mayBeFolded) return end;
  onFault({
    code: 'swallowed-comment',
    at,
    must: 'must not have a comment on the last line, where text after "#" may be items that folded YAML (">") joined to it',
    got: text.slice(at, end).trimEnd(),
    advice: 'write the list with "|" and the comment on a line of its own above the items',
  });
  return end;
}

function endOfLine(text: string, from: number): number {
  const newline = /[\n\r]/g;
  newline.lastIndex = from;
  return newline.exec(text)?.index ?? text.length;
}

function hasLineBefore(text: string, at: number): boolean {
  return /\S\s*[\n\r]/.test(text.slice(0, at));
}

function isBlankFrom(text: string, from: number): boolean {
  const visible = /\S/g;
  visible.lastIndex = from;
  return !visible.test(text);
}
