import type { Span } from '../../model/layout.ts';

/** Characters that may stand before an anchor or an alias. */
const BEFORE = new Set([...' \t\r\n[{,:', '\uFEFF', '']);
const NAME_END = /[\s,[\]{}]/g;

/**
 * Whether an alias in one of these stretches may point at an anchor in an earlier one, so that they cannot be read
 * apart. `borders` tells the offsets where the stretches begin, in order; the first one begins and the last one ends as
 * `whole` does. Looks at the text only, so it may answer yes for what is no anchor (a shell script's `&&`), never no for
 * what is one.
 */
export function sharesAnchors(text: string, whole: Span, borders: () => readonly number[]): boolean {
  const { start, end } = whole;
  const aliases = marks(text, '*', start, end);
  if (aliases.length === 0) return false;
  const names = new Set(aliases.map(({ name }) => name));
  const anchors = new Map<string, number[]>();
  for (const { name, at } of marks(text, '&', start, end)) {
    if (!names.has(name)) continue;
    const offsets = anchors.get(name);
    if (offsets === undefined) anchors.set(name, [at]);
    else offsets.push(at);
  }
  const starts = anchors.size === 0 ? [] : borders();
  return aliases.some(({ name, at }) => {
    const first = anchors.get(name)?.[0];
    return first !== undefined && stretchOf(starts, first) < stretchOf(starts, at);
  });
}

interface Mark {
  readonly name: string;
  readonly at: number;
}

/** Everything that looks like an anchor (`&`) or an alias (`*`). */
function marks(text: string, sign: '&' | '*', from: number, end: number): Mark[] {
  const found: Mark[] = [];
  for (let at = text.indexOf(sign, from); at >= 0 && at < end; at = text.indexOf(sign, at + 1)) {
    if (!BEFORE.has(text[at - 1] ?? '')) continue;
    NAME_END.lastIndex = at + 1;
    const stop = NAME_END.exec(text)?.index ?? text.length;
    if (stop > at + 1) found.push({ name: text.slice(at + 1, stop), at });
  }
  return found;
}

/** Position of the stretch that holds an offset. */
function stretchOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
