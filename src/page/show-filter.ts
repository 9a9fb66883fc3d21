import { titleOf } from '../emit/graph/outline.ts';
import type { GraphView } from '../model/graph-view.ts';
import { byId, element } from './element.ts';
import type { Store } from './state.ts';

/** Shows which namespaces are in the picture, and lets them in and out. */
export function showFilter({ boxes }: GraphView, store: Store): void {
  const all = new Set(boxes.keys());
  const inputs = boxes.map((box, at) => {
    const input = element('input', { type: 'checkbox' });
    input.addEventListener('change', () => {
      const hidden = new Set(store.get().hidden);
      if (input.checked) hidden.delete(at);
      else hidden.add(at);
      store.set({ hidden });
    });
    return { at, input, label: element('label', {}, input, titleOf(box)) };
  });
  byId('namespaces').replaceChildren(...inputs.map(({ label }) => label));
  byId('filter-all').addEventListener('click', () => store.set({ hidden: new Set() }));
  byId('filter-none').addEventListener('click', () => store.set({ hidden: all }));
  const show = (): void => {
    const { hidden } = store.get();
    for (const { at, input } of inputs) input.checked = !hidden.has(at);
    const count = boxes.length - hidden.size;
    byId('filter-count').textContent = hidden.size === 0 ? 'all' : `${count} of ${boxes.length}`;
  };
  store.listen(show);
  show();
  const details = byId('filter') as HTMLDetailsElement;
  document.addEventListener('pointerdown', (event) => {
    if (event.target instanceof Node && !details.contains(event.target)) details.open = false;
  });
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
    event.stopPropagation();
  });
}
