import dagre from '@dagrejs/dagre';
import type { Item, Line, Picture } from './visible-picture.ts';

/** A rectangle, in pixels from the top left. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything is. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly items: ReadonlyMap<string, Area>;
  readonly boxes: ReadonlyMap<number, Area>;
}

type Size = Pick<Area, 'width' | 'height'>;

/** Room for the title of a box, and around what is in it. */
const TITLE = 34;
const PADDING = 16;
/** Lines that go back have their bends beside the boxes. */
const SIDE = 64;
const MARGIN = 24;

/**
 * Places what is drawn: first the nodes of each box, then the boxes, each by its lines from left to right. What has no
 * lines inside its box stands in rows.
 *
 * @param shape how much wider than high the whole should be
 */
export function layOut(
  { boxes, items, lines }: Picture,
  sizeOf: (item: Item) => Size,
  titleWidth: (title: string) => number,
  shape: number,
): Layout {
  const boxOf = new Map(items.map(({ id, box }) => [id, box]));
  const inner = new Map(
    boxes.map(({ at, title, isFolded }) => {
      const own = items.filter(({ box }) => box === at);
      const within = lines.filter(({ from, to }) => boxOf.get(from) === at && boxOf.get(to) === at);
      const placed = placeInside(own, within, sizeOf);
      const extra = isFolded ? 0 : PADDING;
      const width = Math.max(placed.width + 2 * extra, titleWidth(title));
      return [at, { ...placed, pad: extra, width, height: placed.height + TITLE + extra, isFolded }];
    }),
  );
  const outer = placeBoxes(inner, lines, boxOf, shape);
  const areas = new Map<string, Area>();
  for (const [at, { items: own, pad, isFolded }] of inner) {
    const area = outer.boxes.get(at);
    if (area === undefined) continue;
    for (const [id, { x, y, width, height }] of own) {
      areas.set(id, { x: area.x + pad + x, y: area.y + TITLE + y, width: isFolded ? area.width : width, height });
    }
  }
  return { ...outer, items: areas };
}

interface Placed extends Size {
  readonly items: ReadonlyMap<string, Area>;
}

function placeInside(own: readonly Item[], lines: readonly Line[], sizeOf: (item: Item) => Size): Placed {
  const linked = new Set(lines.filter(({ from, to }) => from !== to).flatMap(({ from, to }) => [from, to]));
  const graph = place(
    own.filter(({ id }) => linked.has(id)).map((item) => ({ id: item.id, ...sizeOf(item) })),
    lines,
    { nodesep: 14, ranksep: 64 },
  );
  const rows = placeRows(own.filter(({ id }) => !linked.has(id)).map((item) => ({ id: item.id, ...sizeOf(item) })));
  const gap = graph.height > 0 && rows.height > 0 ? 18 : 0;
  const moved = [...rows.items].map(([id, area]) => [id, { ...area, y: area.y + graph.height + gap }] as const);
  return {
    items: new Map([...graph.items, ...moved]),
    width: Math.max(graph.width, rows.width),
    height: graph.height + gap + rows.height,
  };
}

/** Columns of equal width, about as wide as high. */
function placeRows(own: readonly Sized[]): Placed {
  if (own.length === 0) return { items: new Map(), width: 0, height: 0 };
  const gap = 12;
  const width = Math.max(...own.map((one) => one.width));
  const height = Math.max(...own.map((one) => one.height));
  const columns = Math.max(1, Math.round(Math.sqrt((own.length * (height + gap)) / (width + gap))));
  const perColumn = Math.ceil(own.length / columns);
  const items = own.map(({ id, height: own }, index): [string, Area] => {
    const [column, row] = [Math.floor(index / perColumn), index % perColumn];
    return [id, { x: column * (width + gap), y: row * (height + gap), width, height: own }];
  });
  const used = Math.ceil(own.length / perColumn);
  return { items: new Map(items), width: used * (width + gap) - gap, height: perColumn * (height + gap) - gap };
}

type Sized = Size & { readonly id: string };

/** Between boxes, so that lines are seen there. */
const GAP = { across: 84, down: 28 };

/**
 * Columns of boxes, in which lines go to the right where they can. Columns that are much higher than the picture is to
 * be are split.
 */
function placeBoxes(
  inner: ReadonlyMap<number, Size>,
  lines: readonly Line[],
  boxOf: ReadonlyMap<string, number>,
  shape: number,
): Pick<Layout, 'boxes' | 'width' | 'height'> {
  const nodes = [...inner].map(([at, { width, height }]) => ({ id: `${at}`, width, height }));
  const between = lines.flatMap(({ from, to, count }) => {
    const [source, target] = [boxOf.get(from), boxOf.get(to)];
    return source === undefined || target === undefined || source === target
      ? []
      : [{ from: `${source}`, to: `${target}`, count }];
  });
  const linked = new Set(between.flatMap(({ from, to }) => [from, to]));
  const graph = place(
    nodes.filter(({ id }) => linked.has(id)),
    between,
    { nodesep: GAP.down, ranksep: GAP.across },
  );
  const columns = [...columnsOf(graph), nodes.filter(({ id }) => !linked.has(id))].filter((one) => one.length > 0);
  const area = nodes.reduce((sum, { width, height }) => sum + (width + GAP.across) * (height + GAP.down), 0);
  const tallest = Math.max(0, ...nodes.map(({ height }) => height));
  const split = columns.flatMap((column) => splitColumn(column, Math.max(tallest, Math.sqrt(area / shape))));
  const height = Math.max(0, ...split.map(heightOf));
  const boxes = new Map<number, Area>();
  let x = SIDE;
  for (const column of split) {
    const width = Math.max(...column.map((one) => one.width));
    let y = MARGIN + (height - heightOf(column)) / 2;
    for (const one of column) {
      boxes.set(Number(one.id), { x: x + (width - one.width) / 2, y, width: one.width, height: one.height });
      y += one.height + GAP.down;
    }
    x += width + GAP.across;
  }
  return { boxes, width: x - GAP.across + SIDE, height: height + 2 * MARGIN };
}

/** What stands at one distance from the left, from top to bottom. */
function columnsOf({ items }: Placed): readonly (readonly Sized[])[] {
  const columns = new Map<number, (Sized & { readonly y: number })[]>();
  for (const [id, { x, y, width, height }] of items) {
    const middle = Math.round(x + width / 2);
    columns.set(middle, [...(columns.get(middle) ?? []), { id, y: y + height / 2, width, height }]);
  }
  return [...columns].sort(([a], [b]) => a - b).map(([, column]) => column.sort((a, b) => a.y - b.y));
}

function splitColumn(column: readonly Sized[], most: number): readonly (readonly Sized[])[] {
  const parts = Math.max(1, Math.round(heightOf(column) / most));
  const columns: Sized[][] = Array.from({ length: parts }, () => []);
  // By turns, so that each part keeps the order from top to bottom.
  for (const [index, one] of column.entries()) columns[index % parts]?.push(one);
  return columns.filter((part) => part.length > 0);
}

function heightOf(column: readonly Size[]): number {
  return column.reduce((sum, { height }) => sum + height + GAP.down, -GAP.down);
}

interface Weighted {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

function place(
  nodes: readonly (Size & { readonly id: string })[],
  lines: readonly Weighted[],
  { nodesep, ranksep }: { readonly nodesep: number; readonly ranksep: number },
): Placed {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep, ranksep, edgesep: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  const weights = new Map<string, number>();
  for (const { from, to, count } of lines) {
    if (from !== to) weights.set(`${from} ${to}`, (weights.get(`${from} ${to}`) ?? 0) + count);
  }
  for (const [key, count] of weights) {
    const [from = '', to = ''] = key.split(' ');
    graph.setEdge(from, to, { weight: Math.min(8, 1 + Math.log2(count)) });
  }
  if (nodes.length === 0) return { items: new Map(), width: 0, height: 0 };
  dagre.layout(graph);
  const items = new Map(
    nodes.map(({ id, width, height }): [string, Area] => {
      const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number };
      return [id, { x: x - width / 2, y: y - height / 2, width, height }];
    }),
  );
  const areas = [...items.values()];
  return {
    items,
    width: Math.max(...areas.map(({ x, width }) => x + width)),
    height: Math.max(...areas.map(({ y, height }) => y + height)),
  };
}
