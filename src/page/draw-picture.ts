import { button, element, svg } from './element.ts';
import type { Area, Layout } from './lay-out.ts';
import { DOOR, doorText } from './measure.ts';
import { routeLine } from './route-line.ts';
import type { Door, Item, Line, Picture } from './visible-picture.ts';

/** What can be done in the picture. */
export interface Acts {
  readonly select: (id: string) => void;
  readonly fold: (box: number) => void;
  /** Something is pointed at; undefined: nothing any more. */
  readonly point: (id: string | undefined) => void;
  /** What is read out of an item behind the words that are seen. */
  readonly describe: (item: Item) => string;
}

/** What was drawn. */
export interface Drawn {
  readonly root: HTMLElement;
  readonly items: ReadonlyMap<string, HTMLButtonElement>;
  /** The paths of each line: what is inside of boxes, and behind them what is between. */
  readonly lines: readonly { readonly line: Line; readonly paths: readonly SVGPathElement[] }[];
}

/** More lines than this are faint until something is selected. */
const MANY = 100;

/** Draws a picture where a layout puts it. */
export function drawPicture(picture: Picture, layout: Layout, acts: Acts): Drawn {
  const isDense = picture.lines.length > MANY;
  const root = element('div', { class: isDense ? 'sheet dense' : 'sheet' });
  size(root, { x: 0, y: 0, width: layout.width, height: layout.height });
  const [behind, before] = [surfaceOf(layout), surfaceOf(layout)];
  before.append(arrowHead('allowed'), arrowHead('blocked'));
  const boxOf = new Map(picture.items.map(({ id, box }) => [id, layout.boxes.get(box)]));
  const lines = picture.lines.map((line) => {
    const routes = routesOf(line, layout, boxOf);
    const paths = routes.map(({ d, isBehind, isLast }) => {
      const path = svg('path', { d, class: `line ${line.look}` });
      if (isLast) path.setAttribute('marker-end', `url(#head-${line.look})`);
      path.style.strokeWidth = `${Math.min(6, 1.3 + Math.log2(line.count) * 0.8)}px`;
      (isBehind ? behind : before).append(path);
      return path;
    });
    return { line, paths };
  });
  const frames = picture.boxes.flatMap(({ at, title }) => {
    const area = layout.boxes.get(at);
    if (area === undefined) return [];
    const frame = element('div', { class: 'frame' });
    frame.dataset['name'] = title;
    size(frame, area);
    return [frame];
  });
  root.append(behind, ...frames, before);
  const items = new Map<string, HTMLButtonElement>();
  for (const { at, title, isFolded } of picture.boxes) {
    const area = layout.boxes.get(at);
    if (area === undefined) continue;
    const group = element('div', { class: 'box', role: 'group', 'aria-label': title });
    group.append(headOf({ at, title, isFolded }, area, acts));
    for (const item of picture.items.filter(({ box }) => box === at)) {
      const place = layout.items.get(item.id);
      if (place === undefined) continue;
      const made = drawItem(item, place, acts);
      items.set(item.id, made);
      group.append(made);
    }
    root.append(group);
  }
  return { root, items, lines };
}

function headOf({ at, title, isFolded }: Picture['boxes'][number], area: Area, acts: Acts): HTMLElement {
  const head = button(
    { class: 'head', 'aria-expanded': isFolded ? 'false' : 'true', tabindex: '-1', title },
    () => acts.fold(at),
    element('span', { class: 'chevron', 'aria-hidden': 'true' }),
    element('span', { class: 'name' }, title),
  );
  head.dataset['box'] = `${at}`;
  place(head, { ...area, height: 34 });
  return head;
}

function drawItem(item: Item, area: Area, acts: Acts): HTMLButtonElement {
  const made = button(
    { class: `item ${item.look}`, tabindex: '-1', title: item.title },
    () => acts.select(item.id),
    element(
      'span',
      { class: 'words' },
      element('span', { class: 'title' }, item.title),
      element('span', { class: 'note' }, item.note),
    ),
    item.doors.length === 0 ? undefined : element('span', { class: 'doors' }, item.doors.map(drawDoor)),
    element('span', { class: 'unseen-label' }, `, ${acts.describe(item)}`),
  );
  made.dataset['id'] = item.id;
  made.dataset['name'] = item.name;
  size(made, area);
  made.addEventListener('pointerenter', () => acts.point(item.id));
  made.addEventListener('pointerleave', () => acts.point(undefined));
  return made;
}

function drawDoor({ text, look }: Door): HTMLElement {
  return element('span', { class: `door ${look}` }, doorText(text, look));
}

function surfaceOf({ width, height }: Layout): SVGSVGElement {
  return svg('svg', {
    class: 'lines',
    'aria-hidden': 'true',
    focusable: 'false',
    width: `${width}`,
    height: `${height}`,
  });
}

interface Route {
  readonly d: string;
  readonly isBehind: boolean;
  readonly isLast: boolean;
}

/** A line between boxes goes straight out of its own, behind the others, and straight in. */
function routesOf(line: Line, layout: Layout, boxOf: ReadonlyMap<string, Area | undefined>): readonly Route[] {
  const [from, to] = [layout.items.get(line.from), layout.items.get(line.to)];
  const [source, target] = [boxOf.get(line.from), boxOf.get(line.to)];
  if (from === undefined || to === undefined || source === undefined || target === undefined) return [];
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x - 3, y: doorY(to, line.door) };
  if (source === target) return [{ d: routeLine(start, end), isBehind: false, isLast: true }];
  const out = { x: source.x + source.width, y: start.y };
  const into = { x: target.x, y: end.y };
  return [
    { d: `M${start.x} ${start.y}L${out.x} ${out.y}`, isBehind: false, isLast: false },
    { d: routeLine(out, into), isBehind: true, isLast: false },
    { d: `M${into.x} ${into.y}L${end.x} ${end.y}`, isBehind: false, isLast: true },
  ];
}

function doorY({ y, height }: Area, door: number): number {
  const top = Math.max(5, (height - DOOR) / 2);
  return y + (height <= 44 + 1 && door === 0 ? top : 5 + door * DOOR) + DOOR / 2;
}

function arrowHead(look: Line['look']): SVGElement {
  const marker = svg('marker', {
    id: `head-${look}`,
    viewBox: '0 0 8 8',
    refX: '6',
    refY: '4',
    markerWidth: '8',
    markerHeight: '8',
    markerUnits: 'userSpaceOnUse',
    orient: 'auto',
  });
  marker.append(svg('path', { d: 'M0 0L8 4L0 8z', class: `arrow ${look}` }));
  return marker;
}

function size(made: HTMLElement, area: Area): void {
  place(made, area);
  made.style.height = `${area.height}px`;
}

function place({ style }: HTMLElement, { x, y, width }: Area): void {
  style.left = `${x}px`;
  style.top = `${y}px`;
  style.width = `${width}px`;
}
