import type { GraphView } from '../model/graph-view.ts';
import { describeItem } from './describe-item.ts';
import { type Drawn, drawPicture } from './draw-picture.ts';
import { byId } from './element.ts';
import { type Area, layOut } from './lay-out.ts';
import { createRuler } from './measure.ts';
import { itemByKey } from './nearest-item.ts';
import { matches } from './search.ts';
import type { State, Store } from './state.ts';
import { visiblePicture } from './visible-picture.ts';
import { enableZoom } from './zoom.ts';

/** What is on the sheet now. */
interface Sheet {
  readonly drawn: Drawn;
  readonly areas: ReadonlyMap<string, Area>;
}

/** What others ask of the picture. */
export interface Shown {
  readonly focus: (id: string) => void;
  /** Shows an item where it can be read. */
  readonly reveal: (id: string) => void;
}

/** The smallest scale at which names are read, and that a picture begins with. */
const READABLE = 0.8;
const FIRST = 0.5;

/** Shows the picture. */
export function showPicture(view: GraphView, store: Store): Shown {
  const port = byId('picture');
  const stage = byId('stage');
  const ruler = createRuler();
  const zoom = enableZoom(port, stage);
  let sheet = draw();
  zoom.fit();
  zoom.atLeast(FIRST);

  function draw(): Sheet {
    const picture = visiblePicture(view, store.get());
    const layout = layOut(picture, ruler.sizeOf, ruler.titleWidth, port.clientWidth / Math.max(1, port.clientHeight));
    const drawn = drawPicture(picture, layout, {
      select: (id) => store.set({ selected: id }),
      fold: (box) => store.set({ expanded: toggled(store.get().expanded, box) }),
      point: (id) => emphasise(drawn, id ?? store.get().selected),
      describe: (item) => describeItem(view, item),
    });
    stage.replaceChildren(drawn.root);
    byId('nothing').hidden = picture.items.length > 0;
    zoom.resize(layout);
    rove(drawn, store.get().selected);
    mark(view, drawn, store.get());
    return { drawn, areas: layout.items };
  }

  function focus(id: string): void {
    const made = sheet.drawn.items.get(id);
    made?.focus({ preventScroll: true });
    made?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  port.addEventListener('keydown', (event) => {
    if (zoom.press(event.key)) return event.preventDefault();
    const id = idOf(event.target);
    const next = id === undefined ? undefined : itemByKey(event.key, id, sheet.areas);
    if (next === undefined) return;
    focus(next);
    event.preventDefault();
  });
  port.addEventListener('focusin', ({ target }) => {
    const id = idOf(target);
    if (id !== undefined) rove(sheet.drawn, id);
  });
  byId('zoom-in').addEventListener('click', () => zoom.press('+'));
  byId('zoom-out').addEventListener('click', () => zoom.press('-'));
  byId('zoom-fit').addEventListener('click', zoom.fit);
  store.listen((now, before) => {
    const isRefolded = (now.expanded.size === 0) !== (before.expanded.size === 0);
    if (now.hidden === before.hidden && now.expanded === before.expanded) mark(view, sheet.drawn, now);
    else sheet = draw();
    if (now.hidden !== before.hidden || isRefolded) zoom.fit();
    if (now.selected !== before.selected && now.selected !== undefined) {
      sheet.drawn.items.get(now.selected)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  });
  return {
    focus,
    reveal: (id) => {
      zoom.atLeast(READABLE);
      sheet.drawn.items.get(id)?.scrollIntoView({ block: 'center', inline: 'center' });
    },
  };
}

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.dataset['id'] : undefined;
}

function toggled(set: ReadonlySet<number>, value: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}

/** One item at a time is a stop of the Tab key. */
function rove({ items }: Drawn, id: string | undefined): void {
  const stop = id !== undefined && items.has(id) ? id : [...items.keys()][0];
  for (const [own, made] of items) made.tabIndex = own === stop ? 0 : -1;
}

/** Brings an item and its lines to the fore. */
function emphasise({ root, items, lines }: Drawn, id: string | undefined): void {
  const near = new Set(id === undefined ? [] : [id]);
  for (const { line, paths } of lines) {
    const isOwn = line.from === id || line.to === id;
    for (const path of paths) path.classList.toggle('near', isOwn);
    if (isOwn) near.add(line.from).add(line.to);
  }
  root.classList.toggle('dimmed', id !== undefined && items.has(id));
  for (const [own, made] of items) made.classList.toggle('near', near.has(own));
}

/** Marks what is selected and what a search finds. */
function mark(view: GraphView, drawn: Drawn, { selected, search }: State): void {
  const found = search.trim() === '' ? undefined : matches(view, search);
  const foundBoxes = new Set([...(found ?? [])].map((node) => view.nodes[node]?.box));
  drawn.root.classList.toggle('searched', found !== undefined);
  for (const [id, made] of drawn.items) {
    const at = Number(id.slice(1));
    made.classList.toggle('found', id.startsWith('n') ? found?.has(at) === true : foundBoxes.has(at));
    made.classList.toggle('selected', id === selected);
    if (id === selected) made.setAttribute('aria-current', 'true');
    else made.removeAttribute('aria-current');
  }
  emphasise(drawn, selected);
}
