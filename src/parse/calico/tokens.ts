/** A part of a selector. */
export interface Token {
  readonly kind: 'sign' | 'text' | 'label' | 'has' | 'everything';
  readonly text: string;
}

const KEY = '[a-zA-Z0-9_./-]{1,512}';
const SPACE = /^[ \t]*/;

/** What may come anywhere. */
const SIGNS = /^(?:==|!=|&&|\|\||[(){},!])/;
const TEXT = /^(?:"([^"]*)"|'([^']*)')/;
const HAS = new RegExp(`^has\\(\\s*(${KEY})\\s*\\)`);
const EVERYTHING = /^(?:all|global)\(\s*\)/;
const LABEL = new RegExp(`^${KEY}`);

/** Words that stand behind a label only: elsewhere they are labels themselves. */
const BEHIND_LABEL: readonly (readonly [RegExp, string])[] = [
  [/^contains/, 'contains'],
  [/^starts\s*with/, 'starts with'],
  [/^ends\s*with/, 'ends with'],
  [/^not\s*in\b/, 'not in'],
  [/^in\b/, 'in'],
];

/** The parts of a selector; undefined where one is none. */
export function tokensOf(selector: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (let rest = selector.replace(SPACE, ''); rest !== ''; ) {
    const found = readToken(rest, tokens.at(-1)?.kind === 'label');
    if (found === undefined) return undefined;
    tokens.push(found.token);
    rest = rest.slice(found.length).replace(SPACE, '');
  }
  return tokens;
}

interface Found {
  readonly token: Token;
  readonly length: number;
}

function readToken(rest: string, isBehindLabel: boolean): Found | undefined {
  const sign = SIGNS.exec(rest)?.[0];
  if (sign !== undefined) return { token: { kind: 'sign', text: sign }, length: sign.length };
  const text = TEXT.exec(rest);
  if (text !== null) return { token: { kind: 'text', text: text[1] ?? text[2] ?? '' }, length: text[0].length };
  return isBehindLabel ? readWord(rest) : readName(rest);
}

function readWord(rest: string): Found | undefined {
  for (const [pattern, text] of BEHIND_LABEL) {
    const found = pattern.exec(rest)?.[0];
    if (found !== undefined) return { token: { kind: 'sign', text }, length: found.length };
  }
  return undefined;
}

function readName(rest: string): Found | undefined {
  const has = HAS.exec(rest);
  if (has !== null) return { token: { kind: 'has', text: has[1] ?? '' }, length: has[0].length };
  const everything = EVERYTHING.exec(rest)?.[0];
  if (everything !== undefined) return { token: { kind: 'everything', text: everything }, length: everything.length };
  const label = LABEL.exec(rest)?.[0];
  return label === undefined ? undefined : { token: { kind: 'label', text: label }, length: label.length };
}
