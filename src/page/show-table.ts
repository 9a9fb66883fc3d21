import { portsLabel } from '../emit/graph/outline.ts';
import type { GraphView } from '../model/graph-view.ts';
import { button, byId, element } from './element.ts';
import { matches } from './search.ts';
import type { State, Store } from './state.ts';

/** Shows the same as a table: a row for each line of the picture. */
export function showTable(view: GraphView, store: Store, open: (node: number) => void): void {
  const rows = [
    ...view.lines.map((line) => ({ ...line, because: 'allowed', look: 'allowed' })),
    ...view.blocked.map((line) => ({
      ...line,
      because: `blocked; declared by ${line.because.join('; ')}`,
      look: 'blocked',
    })),
  ];
  const name = (node: number): HTMLElement => button({ class: 'link' }, () => open(node), view.nodes[node]?.name ?? '');
  const show = ({ view: shown, search, hidden }: State): void => {
    if (shown !== 'table') return;
    const found = search.trim() === '' ? undefined : matches(view, search);
    const isShown = (node: number): boolean => !hidden.has(view.nodes[node]?.box ?? -1);
    const kept = rows.filter(
      ({ from, to }) => isShown(from) && isShown(to) && (found === undefined || found.has(from) || found.has(to)),
    );
    byId('row-count').textContent = `${kept.length} of ${rows.length}`;
    byId('rows').replaceChildren(
      ...kept.map(({ from, to, ports, because, look }) =>
        element(
          'tr',
          { class: look },
          element('td', {}, name(from)),
          element('td', {}, name(to)),
          element('td', {}, portsLabel(ports)),
          element('td', {}, because),
        ),
      ),
    );
  };
  // A keyboard scrolls what it can reach.
  byId('scroll').tabIndex = 0;
  store.listen((now, before) => {
    if (now.view !== before.view || now.search !== before.search || now.hidden !== before.hidden) show(now);
  });
}
