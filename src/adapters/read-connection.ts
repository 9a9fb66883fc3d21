/** A connection on the command line, with the paths behind it. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  /** `->` says allowed, `-x>` denied. */
  readonly expected: 'allowed' | 'denied';
  readonly paths: readonly string[];
}

/**
 * Reads `web cart:80 PATH...`, `"web -> cart:80" PATH...`, or the options. `arrow` is one that stood as a word of its
 * own.
 */
export function readConnection(
  words: readonly string[],
  { from, to }: { readonly from?: string; readonly to?: string },
  arrow: string | undefined,
): Connection | { readonly wrong: string } {
  if (words.includes('-')) return { wrong: UNQUOTED };
  if (from !== undefined && to !== undefined) return { from, to, expected: expectedBy(arrow), paths: words };
  if (from !== undefined || to !== undefined) return { wrong: '--from and --to must stand together' };
  const [first = '', ...others] = words;
  const [, left, inner, right] = /^(.*?)\s*(->|-x>)\s*(.*)$/.exec(first) ?? [];
  if (left && right) return { from: left, to: right, expected: expectedBy(inner), paths: others };
  const [second, ...paths] = others;
  if (first === '' || second === undefined) return { wrong: INCOMPLETE };
  return { from: first, to: second, expected: expectedBy(arrow), paths };
}

const INCOMPLETE = `must say what connects to what, as in: postern explain shop/web '->' data/postgresql:5432`;

const UNQUOTED =
  `must have the arrow in quotes, as '->', or leave it out: a shell takes its ">" for a file to write to, and has made ` +
  'an empty one of the name behind it';

function expectedBy(arrow: string | undefined): 'allowed' | 'denied' {
  return arrow === '-x>' ? 'denied' : 'allowed';
}
