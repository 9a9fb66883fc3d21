import type { GraphView } from '../../model/graph-view.ts';

/** What the page's source has in place of its data. */
const MARK = '"POSTERN_GRAPH_DATA"';

/**
 * The page with its data: a JSON block that no browser runs. Without "<" nothing in it can end the block or begin a
 * comment.
 */
export function printGraphPage(view: GraphView, page: string): string {
  const at = page.indexOf(MARK);
  const data = JSON.stringify(view).replaceAll('<', '\\u003c');
  return page.slice(0, at) + data + page.slice(at + MARK.length);
}
