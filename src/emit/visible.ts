/** What any terminal shows as it is, which is nearly every text. */
const PLAIN = /^[ -~]*$/;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' };

/** A text as it may reach a terminal: on one line, with control characters written as escapes. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : escapeInvisible(text);
}

/**
 * Escapes the characters that a terminal obeys instead of showing: controls, direction marks and other invisible ones.
 * The expression stands in here since V8 takes its time over the tables of Unicode.
 */
function escapeInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => SHORT[character] ?? escapeOf(character));
}

function escapeOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
