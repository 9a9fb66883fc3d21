import type { SplitText } from './split-items.ts';

/** The same text with its items in another order; the same one each time. */
export function reversed({ before, items, after }: SplitText): string {
  return join(before, [...items].reverse(), after);
}

/** The same text with its items in an order that has nothing to do with theirs; the same one each time. */
export function shuffled({ before, items, after }: SplitText): string {
  const keyed = items.map((item, index) => ({ item, key: (index * 7919 + 104729) % 1009 }));
  return join(
    before,
    keyed.sort((a, b) => a.key - b.key).map(({ item }) => item),
    after,
  );
}

/** A stream's last document may lack its newline, and its first one its marker. */
function join(before: string, items: readonly string[], after: string): string {
  const isStream = before === '';
  const whole = items.map((item) => {
    const ended = item.endsWith('\n') ? item : `${item}\n`;
    return isStream && !/^---/.test(ended) ? `---\n${ended}` : ended;
  });
  return before + whole.join('') + after;
}
