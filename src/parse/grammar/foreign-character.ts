import type { Fault, Token } from './fault.ts';

/** Characters that look like others, or like nothing. */
const NAMES: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero width space',
  '\u200c': 'a zero width non-joiner',
  '\u200d': 'a zero width joiner',
  '\u200e': 'a left-to-right mark',
  '\u200f': 'a right-to-left mark',
  '\u2010': 'a typographic hyphen',
  '\u2011': 'a no-break hyphen',
  '\u2012': 'a figure dash',
  '\u2013': 'an en dash',
  '\u2014': 'an em dash',
  '\u2018': 'a typographic quote',
  '\u2019': 'a typographic quote',
  '\u201c': 'a typographic quote',
  '\u201d': 'a typographic quote',
  '\u2026': 'an ellipsis character',
  '\u202f': 'a narrow no-break space',
  '\u2060': 'a word joiner',
  '\u2212': 'a minus sign',
  '\u3000': 'an ideographic space',
  '\u3001': 'an ideographic comma',
  '\ufeff': 'a byte order mark',
  '\uff0c': 'a full-width comma',
  '\uff1a': 'a full-width colon',
  '"': 'a quote',
  "'": 'a quote',
  '`': 'a backquote',
};

/** By code points, since a half of one has no name. */
const FOREIGN = /[^A-Za-z0-9._\-/:=&!*+]/u;

const ADVICE: Readonly<Record<string, string>> = {
  ';': 'items are separated by commas, spaces or newlines',
  '[': 'a list in text has no brackets, and an IPv6 range neither: "2001:db8::1/128:443"',
};
// Quotes and what has no width can be left out; for anything else there may be several meanings.
const LEFT_OUT = /[\u00ad\u200b-\u200f\u2060\ufeff"'`\u2018\u2019\u201c\u201d]/gu;

/** Says of an item what its first character is that no item may have, and how the item is without it. */
export function foreignCharacter(token: Token): Fault {
  const found = FOREIGN.exec(token.text);
  const [character, index] = [found?.[0] ?? '', found?.index ?? 0];
  const without = token.text.replace(LEFT_OUT, '');
  const advice = Object.hasOwn(ADVICE, character) ? ADVICE[character] : undefined;
  return {
    code: 'invalid-character',
    at: token.offset + index,
    must: `must not have ${nameOf(character)}`,
    got: token.text,
    want: without !== token.text && without !== '' && !FOREIGN.test(without) ? without : undefined,
    ...(advice === undefined ? {} : { advice }),
  };
}

function nameOf(character: string): string {
  const name = Object.hasOwn(NAMES, character) ? NAMES[character] : undefined;
  if (/[!-~]/.test(character)) return name ?? `"${character}"`;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return name === undefined ? `the character U+${code}` : `${name} (U+${code})`;
}
