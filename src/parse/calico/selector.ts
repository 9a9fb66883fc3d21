import type { LabelSelector, Requirement } from '../../model/label-selector.ts';
import { type Token, tokensOf } from './tokens.ts';

/** More alternatives than this are not spelled out. */
const MOST_ALTERNATIVES = 256;

/** Calico itself takes 1,024 letters. */
const LONGEST = 4096;

/** So many signs may open something inside of something; each is read by a call of its own. */
const MOST_NESTED = 300;

/** A selector as alternatives, each a list of requirements; or why it cannot be read. */
export type SelectorRead = { readonly alternatives: readonly LabelSelector[] } | { readonly fault: 'syntax' | 'size' };

/** Reads a selector of Calico's language; the empty one selects everything. */
export function readSelector(text: string): SelectorRead {
  if (text.length > LONGEST) return { fault: 'size' };
  const tokens = tokensOf(text);
  if (tokens === undefined) return { fault: 'syntax' };
  if (tokens.length === 0) return { alternatives: [[]] };
  if (tokens.filter(opensMore).length > MOST_NESTED) return { fault: 'size' };
  const state = { tokens, at: 0 };
  const tree = readAny(state);
  if (tree === undefined || state.at < tokens.length) return { fault: 'syntax' };
  const alternatives = spell(tree, true);
  return alternatives === undefined ? { fault: 'size' } : { alternatives };
}

function opensMore({ kind, text }: Token): boolean {
  return kind === 'sign' && (text === '(' || text === '!');
}

type Tree =
  | { readonly kind: 'requirement'; readonly requirement: Requirement }
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Tree[] }
  | { readonly kind: 'not'; readonly part: Tree };

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
}

function readAny(state: Reading): Tree | undefined {
  return readChain(state, 'or', '||', (inner) => readChain(inner, 'and', '&&', readOne));
}

function readChain(
  state: Reading,
  kind: 'and' | 'or',
  sign: string,
  readPart: (state: Reading) => Tree | undefined,
): Tree | undefined {
  const parts: Tree[] = [];
  do {
    const part = readPart(state);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (takes(state, sign));
  return parts.length === 1 ? parts[0] : { kind, parts };
}

function readOne(state: Reading): Tree | undefined {
  if (takes(state, '!')) {
    const part = readOne(state);
    return part && { kind: 'not', part };
  }
  if (takes(state, '(')) {
    const inner = readAny(state);
    return takes(state, ')') ? inner : undefined;
  }
  const token = next(state);
  switch (token?.kind) {
    case 'has':
      return asks(token.text, 'Exists', []);
    case 'everything':
      return { kind: 'all' };
    case 'label':
      return readComparison(state, token.text);
    default:
      return undefined;
  }
}

/** What may stand between a label and a text, and the pattern that it means. */
const COMPARISONS: Readonly<Record<string, (key: string, text: string) => Tree>> = {
  '==': (key, text) => asks(key, 'In', [text]),
  '!=': (key, text) => asks(key, 'NotIn', [text]),
  contains: (key, text) => like(key, text, `*${text}*`),
  'starts with': (key, text) => like(key, text, `${text}*`),
  'ends with': (key, text) => like(key, text, `*${text}`),
};

function readComparison(state: Reading, key: string): Tree | undefined {
  const sign = next(state);
  if (sign?.kind !== 'sign') return undefined;
  if (sign.text === 'in' || sign.text === 'not in') {
    const values = readSet(state);
    return values && asks(key, sign.text === 'in' ? 'In' : 'NotIn', values);
  }
  const value = next(state);
  return value?.kind === 'text' ? COMPARISONS[sign.text]?.(key, value.text) : undefined;
}

function readSet(state: Reading): readonly string[] | undefined {
  if (!takes(state, '{')) return undefined;
  const values: string[] = [];
  while (state.tokens[state.at]?.kind === 'text') {
    values.push(next(state)?.text ?? '');
    if (!takes(state, ',')) break;
  }
  return takes(state, '}') ? values : undefined;
}

function next(state: Reading): Token | undefined {
  return state.tokens[state.at++];
}

function takes(state: Reading, sign: string): boolean {
  const token = state.tokens[state.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  state.at += 1;
  return true;
}

function asks(key: string, operator: Requirement['operator'], values: readonly string[]): Tree {
  return { kind: 'requirement', requirement: { key, operator, values } };
}

/** No value of a label holds a star, so a text with one is in none. */
function like(key: string, text: string, pattern: string): Tree {
  return text.includes('*') ? asks(key, 'In', []) : asks(key, 'Like', [pattern]);
}

const OPPOSITES: Readonly<Record<Requirement['operator'], Requirement['operator']>> = {
  In: 'NotIn',
  NotIn: 'In',
  Exists: 'DoesNotExist',
  DoesNotExist: 'Exists',
  Like: 'NotLike',
  NotLike: 'Like',
};

/** The alternatives of a tree, or of its opposite; undefined where they are too many. */
function spell(tree: Tree, isMeant: boolean): readonly LabelSelector[] | undefined {
  switch (tree.kind) {
    case 'all':
      return isMeant ? [[]] : [];
    case 'not':
      return spell(tree.part, !isMeant);
    case 'requirement': {
      const { operator, ...rest } = tree.requirement;
      return [[{ ...rest, operator: isMeant ? operator : OPPOSITES[operator] }]];
    }
    default:
      return (tree.kind === 'and') === isMeant ? multiply(tree.parts, isMeant) : add(tree.parts, isMeant);
  }
}

function add(parts: readonly Tree[], isMeant: boolean): readonly LabelSelector[] | undefined {
  const all: LabelSelector[] = [];
  for (const part of parts) {
    const found = spell(part, isMeant);
    if (found === undefined || all.length + found.length > MOST_ALTERNATIVES) return undefined;
    all.push(...found);
  }
  return all;
}

function multiply(parts: readonly Tree[], isMeant: boolean): readonly LabelSelector[] | undefined {
  let all: readonly LabelSelector[] = [[]];
  for (const part of parts) {
    const found = spell(part, isMeant);
    if (found === undefined || all.length * found.length > MOST_ALTERNATIVES) return undefined;
    all = all.flatMap((left) => found.map((right) => [...left, ...right]));
  }
  return all;
}
