import { titleOf } from '../emit/graph/outline.ts';
import type { GraphView } from '../model/graph-view.ts';

/** The nodes whose name, object or namespace has every word of a search. */
export function matches({ nodes, boxes }: GraphView, search: string): ReadonlySet<number> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = nodes.flatMap(({ name, label, object = '', box }, at) => {
    const place = boxes[box];
    const text = [name, label, object, place === undefined ? '' : titleOf(place)].join(' ').toLowerCase();
    return words.every((word) => text.includes(word)) ? [at] : [];
  });
  return new Set(found);
}
