import { titleOf } from '../emit/graph/outline.ts';
import type { GraphView } from '../model/graph-view.ts';
import { connectionsOf } from './connections-of.ts';
import type { Item } from './visible-picture.ts';

/** How an item is read out: `shop/web, Deployment, reaches 2, reached by 1, 1 blocked`. */
export function describeItem(view: GraphView, { id, title, note, look }: Item): string {
  const at = Number(id.slice(1));
  const box = view.boxes[at];
  if (look === 'folded')
    return [box === undefined ? '' : titleOf(box), title, note, 'folded'].filter(Boolean).join(', ');
  const found = connectionsOf(view, at);
  const blocked = view.blocked.filter(({ from, to }) => from === at || to === at).length;
  return [
    view.nodes[at]?.name ?? title,
    note,
    ...(look === 'set' ? [] : [`reaches ${found.out.length}`, `reached by ${found.in.length}`]),
    ...(blocked === 0 ? [] : [`${blocked} blocked`]),
  ].join(', ');
}
