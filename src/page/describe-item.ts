import { titleOf } from '../emit/graph/outline.ts';
import type { GraphView } from '../model/graph-view.ts';
import { connectionsOf } from './connections-of.ts';
import type { Item } from './visible-picture.ts';

/** What is read out of an item behind the words that are seen: `in shop, reaches 2, reached by 1, 1 blocked`. */
export function describeItem(view: GraphView, { id, box, look }: Item): string {
  const place = view.boxes[box];
  const where = `in ${place === undefined ? '' : titleOf(place)}`;
  if (look === 'folded') return `${where}, folded`;
  if (look === 'set') return where;
  const at = Number(id.slice(1));
  const found = connectionsOf(view, at);
  const blocked = view.blocked.filter(({ from, to }) => from === at || to === at).length;
  const counts = [`reaches ${found.out.length}`, `reached by ${found.in.length}`];
  return [where, ...counts, ...(blocked === 0 ? [] : [`${blocked} blocked`])].join(', ');
}
