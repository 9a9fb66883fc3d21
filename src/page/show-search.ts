import type { GraphView } from '../model/graph-view.ts';
import { button, byId, element } from './element.ts';
import { matches } from './search.ts';
import type { Store } from './state.ts';

/** More results are counted. */
const MOST = 12;

/** Shows what a search finds, as a list that leads to each. */
export function showSearch(view: GraphView, store: Store, open: (node: number) => void): void {
  const input = byId('search') as HTMLInputElement;
  const list = byId('results');
  const show = (): void => {
    const { search } = store.get();
    const found = search.trim() === '' ? [] : [...matches(view, search)];
    list.hidden = found.length === 0;
    list.replaceChildren(
      ...found.slice(0, MOST).map((node) =>
        element(
          'li',
          {},
          button({}, () => choose(node), view.nodes[node]?.name ?? ''),
        ),
      ),
      ...(found.length > MOST ? [element('li', { class: 'more' }, `and ${found.length - MOST} more`)] : []),
    );
    byId('found').textContent = search.trim() === '' ? '' : `${found.length} found`;
  };
  const choose = (node: number): void => {
    list.hidden = true;
    open(node);
  };
  input.addEventListener('input', () => {
    store.set({ search: input.value });
    show();
  });
  input.addEventListener('focus', show);
  input.addEventListener('keydown', (event) => {
    const [first] = matches(view, input.value);
    if (event.key === 'Enter' && first !== undefined && input.value.trim() !== '') choose(first);
    else if (event.key === 'ArrowDown') list.querySelector('button')?.focus();
    else if (event.key === 'Escape') list.hidden = true;
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener('keydown', (event) => {
    const all = [...list.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === 'ArrowDown') all[at + 1]?.focus();
    else if (event.key === 'ArrowUp') (all[at - 1] ?? input).focus();
    else if (event.key === 'Escape') {
      input.focus();
      list.hidden = true;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !list.contains(event.target) && event.target !== input) list.hidden = true;
  });
}
