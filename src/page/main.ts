import type { GraphView } from '../model/graph-view.ts';
import { byId } from './element.ts';
import { showDetails } from './show-details.ts';
import { showFilter } from './show-filter.ts';
import { showPicture } from './show-picture.ts';
import { showSearch } from './show-search.ts';
import { showTable } from './show-table.ts';
import { createStore, type State } from './state.ts';
import { enableTheme } from './theme.ts';

/** More nodes than this begin folded. */
const MOST_NODES = 90;

const view = JSON.parse(byId('data').textContent ?? '') as GraphView;
const everyBox = new Set(view.boxes.keys());
const isSmall = view.nodes.length <= MOST_NODES;
const store = createStore({
  selected: undefined,
  search: '',
  hidden: new Set(),
  expanded: isSmall ? everyBox : new Set(),
  view: 'picture',
});

/** Opens the details of a node, and shows it where it was folded or filtered out. */
function open(node: number): void {
  const box = view.nodes[node]?.box ?? 0;
  const { hidden, expanded } = store.get();
  store.set({
    ...(hidden.has(box) ? { hidden: new Set([...hidden].filter((other) => other !== box)) } : {}),
    ...(expanded.has(box) ? {} : { expanded: new Set([...expanded, box]) }),
    selected: `n${node}`,
  });
  picture.reveal(`n${node}`);
}

function summarise(): void {
  const workloads = view.nodes.filter(({ kind }) => kind === 'workload' || kind === 'host').length;
  const spaces = view.boxes.filter(({ kind }) => kind === 'namespace').length;
  const parts = [
    plural(workloads, 'workload'),
    plural(spaces, 'namespace'),
    plural(view.policies.length, 'policy', 'policies'),
    ...(view.blocked.length === 0 ? [] : [`${plural(view.blocked.length, 'connection')} declared and blocked`]),
  ];
  byId('summary').textContent = parts.join(' · ');
}

function plural(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function showView({ view: shown, expanded }: State): void {
  byId('picture-panel').hidden = shown !== 'picture';
  byId('table-panel').hidden = shown !== 'table';
  byId('as-picture').setAttribute('aria-pressed', `${shown === 'picture'}`);
  byId('as-table').setAttribute('aria-pressed', `${shown === 'table'}`);
  byId('fold').textContent = expanded.size === 0 ? 'Unfold all' : 'Fold all';
}

summarise();
enableTheme();
// First, so that the picture knows how much room is left to it.
showDetails(view, store, open);
const picture = showPicture(view, store);
showTable(view, store, open);
showFilter(view, store);
showSearch(view, store, open);
store.listen(showView);
showView(store.get());
byId('as-picture').addEventListener('click', () => store.set({ view: 'picture' }));
byId('as-table').addEventListener('click', () => store.set({ view: 'table' }));
byId('fold').addEventListener('click', () =>
  store.set({ expanded: store.get().expanded.size === 0 ? everyBox : new Set() }),
);
store.listen((now, before) => {
  if (before.selected !== undefined && now.selected === undefined && now.view === 'picture')
    picture.focus(before.selected);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && store.get().selected !== undefined) store.set({ selected: undefined });
  else if (event.key === '/' && !(event.target instanceof HTMLInputElement)) byId('search').focus();
  else return;
  event.preventDefault();
});
