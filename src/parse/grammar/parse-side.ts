import type { Item } from '../../model/declaration.ts';
import type { Problem } from '../../model/problem.ts';
import { parseIpAddress } from '../../policy/ip-range.ts';
import { parseList } from './parse-list.ts';

/** Reads one side of a question: an item of a list, or an address without a length. */
export function readSide(text: string, problems: Problem[]): Item | undefined {
  const read = parseList(withLength(text.trim()));
  if ('errors' in read) {
    for (const { code, message, snippet } of read.errors) problems.push({ code, severity: 'error', message, snippet });
    return undefined;
  }
  const [item, ...more] = read.items;
  if (more.length === 0) return item;
  problems.push({
    code: 'usage',
    severity: 'error',
    message: `must be one workload, Service or set on each side of "->", got "${text}"`,
    got: text,
  });
  return undefined;
}

/** `10.0.0.1:443` is what people type for `10.0.0.1/32:443`. */
function withLength(text: string): string {
  if (parseIpAddress(text) !== undefined) return `${text}/${text.includes(':') ? 128 : 32}`;
  const [, address = '', rest = ''] = /^([0-9.]+)(:.*)$/.exec(text) ?? [];
  return parseIpAddress(address) === undefined ? text : `${address}/32${rest}`;
}
