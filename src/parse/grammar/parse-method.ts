import { nearest } from '../../model/nearest.ts';
import type { OnFault, Token } from './fault.ts';

/** Methods that a slip of the pen may be held against; others are taken as written. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'];

/** A method, several as `GET|HEAD`, or undefined for `*`. */
export function parseMethod({ text, offset }: Token, onFault: OnFault): string | undefined | 'wrong' {
  if (text === '*') return undefined;
  const must = 'must begin with a method such as "GET", with "GET|POST", or with "*" for any';
  const at = { code: 'invalid-request', at: offset, must, got: text } as const;
  const upper = text.toUpperCase();
  if (!/^[A-Z]+(\|[A-Z]+)*$/.test(text)) {
    onFault({ ...at, want: /^[A-Z]+(\|[A-Z]+)*$/.test(upper) ? upper : undefined });
    return 'wrong';
  }
  const words = text.split('|');
  const meant = words.map((word) => (METHODS.includes(word) ? word : (nearest(word, METHODS) ?? word))).join('|');
  if (meant === text) return text;
  onFault({ ...at, want: meant });
  return 'wrong';
}
