import { idleNodes, portsLabel, titleOf } from '../emit/graph/outline.ts';
import type { GraphNode, GraphView } from '../model/graph-view.ts';
import type { State } from './state.ts';

/** One thing that is drawn: a node, or a box whose nodes are not. */
export interface Item {
  /** `n3`, `b1`. */
  readonly id: string;
  readonly box: number;
  /** With its namespace. */
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly look: 'closed' | 'open' | 'unseen' | 'set' | 'outside' | 'folded';
  /** What lines end at, a door each. */
  readonly doors: readonly Door[];
}

/** Ports on which something is let in, or should be. */
export interface Door {
  readonly text: string;
  readonly look: Line['look'];
}

/** A line that is drawn, from an item to a door of another. */
export interface Line {
  readonly from: string;
  readonly to: string;
  readonly door: number;
  readonly look: 'allowed' | 'blocked';
  /** How many lines of the view it stands for. */
  readonly count: number;
}

/** What is drawn of a view. */
export interface Picture {
  readonly boxes: readonly { readonly at: number; readonly title: string; readonly isFolded: boolean }[];
  readonly items: readonly Item[];
  readonly lines: readonly Line[];
}

/** Works out what a reader sees: without the boxes that are filtered out, and with those folded that are not open. */
export function visiblePicture(view: GraphView, { hidden, expanded }: Pick<State, 'hidden' | 'expanded'>): Picture {
  const shown = view.nodes.map(({ box }) => !hidden.has(box));
  const idOf = (node: number): string => {
    const box = view.nodes[node]?.box ?? 0;
    return expanded.has(box) ? `n${node}` : `b${box}`;
  };
  const drafts = [
    ...view.lines.map((line) => ({ ...line, look: 'allowed' as const })),
    ...view.blocked.map((line) => ({ ...line, look: 'blocked' as const })),
  ].filter(({ from, to }) => shown[from] && shown[to]);
  const doors = new Map<string, Door[]>();
  const lines = new Map<string, Line>();
  for (const { from, to, ports, look } of drafts) {
    const [source, target] = [idOf(from), idOf(to)];
    if (source === target && source.startsWith('b')) continue;
    const text = target.startsWith('b') ? '' : portsLabel(ports);
    const door = doorOf(doors, target, { text, look });
    const key = `${source} ${target} ${door}`;
    lines.set(key, { from: source, to: target, door, look, count: (lines.get(key)?.count ?? 0) + 1 });
  }
  const idle = idleNodes(view);
  const boxes = view.boxes.flatMap((box, at) =>
    hidden.has(at) || !view.nodes.some((node, position) => node.box === at && !idle.has(position))
      ? []
      : [{ at, title: titleOf(box), isFolded: !expanded.has(at) }],
  );
  const items = boxes.flatMap(({ at, isFolded }) =>
    (isFolded ? [foldedItem(view, at)] : itemsIn(view, at, idle)).map((item) => ({
      ...item,
      doors: doors.get(item.id) ?? [],
    })),
  );
  return { boxes, items, lines: [...lines.values()] };
}

function doorOf(doors: Map<string, Door[]>, target: string, { text, look }: Door): number {
  const known = doors.get(target) ?? [];
  doors.set(target, known);
  const at = known.findIndex((door) => door.text === text && door.look === look);
  return at >= 0 ? at : known.push({ text, look }) - 1;
}

function itemsIn({ nodes }: GraphView, box: number, idle: ReadonlySet<number>): readonly Item[] {
  return nodes.flatMap((node, at): readonly Item[] =>
    node.box === box && !idle.has(at)
      ? [{ id: `n${at}`, box, name: node.name, title: node.label, note: noteOf(node), look: lookOf(node), doors: [] }]
      : [],
  );
}

function foldedItem({ boxes, nodes }: GraphView, box: number): Item {
  const own = nodes.filter((node) => node.box === box && node.kind !== 'set');
  const open = own.filter((node) => lookOf(node) === 'open').length;
  const workloads = own.filter(({ kind }) => kind === 'workload' || kind === 'host').length;
  const title =
    workloads === 0 ? `${own.length} named by policies` : `${workloads} workload${workloads === 1 ? '' : 's'}`;
  return {
    id: `b${box}`,
    box,
    name: boxes[box]?.name ?? '',
    title,
    note: open === 0 ? '' : `${open} not isolated`,
    look: 'folded',
    doors: [],
  };
}

function lookOf({ kind, isolated }: GraphNode): Item['look'] {
  if (kind === 'addresses' || kind === 'named') return 'outside';
  if (kind === 'set') return 'set';
  if (kind === 'absent' || kind === 'others') return 'unseen';
  return isolated.length === 0 ? 'open' : 'closed';
}

/** What a node is, in a few words. */
export function noteOf({ kind, isolated, object, members }: GraphNode): string {
  switch (kind) {
    case 'addresses':
      return 'addresses';
    case 'named':
      return 'known by its name';
    case 'set':
      return `all ${members.length}`;
    case 'absent':
    case 'others':
      return 'not in the input';
    case 'host':
      return `${kindOf(object)}on its node’s network`;
    case 'workload':
      return `${kindOf(object)}${OPENNESS[isolated.join()] ?? ''}`.replace(/, $/, '');
  }
}

function kindOf(object: string | undefined): string {
  return object === undefined ? '' : `${object.split('/')[0]}, `;
}

const OPENNESS: Readonly<Record<string, string>> = {
  '': 'not isolated',
  Ingress: 'open outwards',
  Egress: 'open inwards',
};
