import type { OnFault, Token } from './fault.ts';

/** Characters that make a path a pattern. A dot alone does not: `/index.html` is meant as it stands. */
const PATTERN = /[*+?()[\]{}|\\^$]/;

/** Any query, or none. Envoy matches a path with its query, which nobody means by a path. */
const QUERY = '(\\?.*)?';

/** What is written as in other notations for paths, and means something else in a regular expression. */
const MISTAKEN: readonly (readonly [found: RegExp, must: string, want: (text: string) => string])[] = [
  [
    /\/\*/,
    'must be a regular expression, in which "/*" is a number of slashes',
    (text) => text.replace(/\/\*+/g, '/.*'),
  ],
  [
    /\{[A-Za-z_]/,
    'must be a regular expression, which knows no names in braces',
    (text) => text.replace(/\{[A-Za-z_][^}]*\}?/g, '[^/]+'),
  ],
  [
    /\/:[A-Za-z_]/,
    'must be a regular expression, which knows no names after ":"',
    (text) => text.replace(/\/:\w+/g, '/[^/]+'),
  ],
  [/(^|[^\\])\?[\w.-]+=/, 'must write the "?" of a query as "\\?"', (text) => text.replace(/(^|[^\\])\?/, '$1\\?')],
];

/**
 * The regular expression for a path, which the whole of a request's path and query must match. Says what users write
 * as in other notations, and what the expressions of proxies (RE2) do not have.
 */
export function parsePath({ text, offset }: Token, onFault: OnFault): string | 'wrong' {
  const fault = (must: string, want?: string): 'wrong' => {
    onFault({ code: 'invalid-request', at: offset, must, got: text, want });
    return 'wrong';
  };
  const path = text.replace(/^\^/, '').replace(/(^|[^\\])\$$/, '$1');
  const mistake = MISTAKEN.find(([found]) => found.test(path));
  if (mistake !== undefined) return fault(mistake[1], mistake[2](path));
  if (!/^[/([.]/.test(path))
    return fault('must be a path that begins with "/"', /^[\w-]/.test(path) ? `/${path}` : undefined);
  if (!PATTERN.test(path)) return path.replaceAll('.', '\\.') + QUERY;
  if (!isExpression(path)) return fault('must be a path, or a regular expression of RE2 for one');
  const hasQuery = /\\\?|\[\?\]/.test(path);
  const isOpen = !path.includes('|') && /(^|[^\\])\.\*$/.test(path);
  if (hasQuery || isOpen) return path;
  return (path.includes('|') ? `(?:${path})` : path) + QUERY;
}

/** Look-around, back references, escapes of other letters and long repeats are not in RE2. */
const NOT_RE2 = /\(\?[=!<]|\\[0-9aceg-mopqux-zACE-RT-VX-Z]|\{\d{4,}|,\d{4,}\}/;

function isExpression(path: string): boolean {
  if (NOT_RE2.test(path)) return false;
  try {
    new RegExp(`^(?:${path})$`);
    return true;
  } catch {
    return false;
  }
}
