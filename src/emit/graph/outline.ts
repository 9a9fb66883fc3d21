import type { GraphBox, GraphNode, GraphView } from '../../model/graph-view.ts';
import type { PortSet } from '../../model/port.ts';
import { portWords } from '../port-text.ts';

/** A picture as languages of pictures say it: nodes in clusters, and edges with a label. */
export interface Outline {
  readonly detail: 'workloads' | 'namespaces';
  readonly clusters: readonly Cluster[];
  readonly edges: readonly Edge[];
  /** What a reader must know, a line each. */
  readonly notes: readonly string[];
}

export interface Cluster {
  readonly title: string;
  readonly nodes: readonly OutlineNode[];
}

export interface OutlineNode {
  /** Unique: `n7`. */
  readonly id: string;
  readonly label: string;
  /** `open`: a workload that no policy isolates; `unseen`: pods that are not in the input. */
  readonly look: 'closed' | 'open' | 'unseen' | 'set' | 'outside' | 'namespace';
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly look: 'open' | 'blocked';
}

/** More nodes or lines than this are not read in a picture that does not move. */
const MOST_NODES = 80;
const MOST_LINES = 160;

/** Tells a picture by its workloads; where that is too much, by its namespaces. */
export function outlineOf(view: GraphView, asked: Outline['detail'] | undefined): Outline {
  const isSmall = view.nodes.length <= MOST_NODES && view.lines.length + view.blocked.length <= MOST_LINES;
  const detail = asked ?? (isSmall || view.boxes.length < 2 ? 'workloads' : 'namespaces');
  const drawn = OUTLINES[detail](view);
  const looks = new Set(drawn.clusters.flatMap(({ nodes }) => nodes.map(({ look }) => look)));
  const notes = [
    ...(detail === 'namespaces' ? BY_NAMESPACE : []),
    ...(looks.has('open') ? ['Orange: not isolated by any policy, so what is not drawn passes too.'] : []),
    ...(looks.has('unseen') ? ['Dashed boxes: pods that policies name and the input does not have.'] : []),
    ...(view.blocked.length > 0 ? ['Dashed lines in red: declared, and not let through by the policies.'] : []),
  ];
  return { detail, ...drawn, notes };
}

const BY_NAMESPACE = ['Each line counts the connections between two namespaces. --detail workloads draws them all.'];

const OUTLINES: Readonly<Record<Outline['detail'], (view: GraphView) => Pick<Outline, 'clusters' | 'edges'>>> = {
  workloads: byWorkload,
  namespaces: byNamespace,
};

function byWorkload(view: GraphView): Pick<Outline, 'clusters' | 'edges'> {
  const { boxes, nodes, lines, blocked } = view;
  const idle = idleNodes(view);
  const clusters = boxes.map((box, at) => ({
    title: titleOf(box),
    nodes: nodes.flatMap((node, id): readonly OutlineNode[] =>
      node.box === at && !idle.has(id) ? [{ id: `n${id}`, label: node.label, look: lookOf(node) }] : [],
    ),
  }));
  return {
    clusters: clusters.filter((cluster) => cluster.nodes.length > 0),
    edges: [
      ...lines.map(({ from, to, ports }) => edge(`n${from}`, `n${to}`, portsLabel(ports), 'open')),
      ...blocked.map(({ from, to, ports }) => edge(`n${from}`, `n${to}`, `${portsLabel(ports)} blocked`, 'blocked')),
    ],
  };
}

/**
 * Nodes that are not drawn: strangers of which a wider line, such as that of "anybody", says all that there is. Alone they
 * would look closed.
 */
export function idleNodes({ nodes, lines }: GraphView): ReadonlySet<number> {
  const drawn = new Set(lines.flatMap(({ from, to }) => [from, to]));
  const isIdle = (node: GraphNode, at: number): boolean =>
    (node.kind === 'addresses' || node.kind === 'named' || node.kind === 'others') && !drawn.has(at);
  return new Set(nodes.flatMap((node, at) => (isIdle(node, at) ? [at] : [])));
}

/** How a box is called in pictures. */
export function titleOf({ kind, name }: GraphBox): string {
  if (kind === 'outside') return 'outside the cluster';
  if (kind === 'elsewhere') return 'pods of whatever namespace';
  return name === '' ? 'no namespace' : name;
}

function lookOf({ kind, isolated }: GraphNode): OutlineNode['look'] {
  if (kind === 'addresses' || kind === 'named') return 'outside';
  if (kind === 'set') return 'set';
  if (kind === 'absent' || kind === 'others') return 'unseen';
  return isolated.length === 0 ? 'open' : 'closed';
}

function edge(from: string, to: string, label: string, look: Edge['look']): Edge {
  return { from, to, label, look };
}

function byNamespace({ boxes, nodes, groups, blocked }: GraphView): Pick<Outline, 'clusters' | 'edges'> {
  const boxOf = (node: number): number => nodes[node]?.box ?? 0;
  const pairs = new Map<string, { from: number; to: number; count: number }>();
  for (const { sources, destinations } of groups) {
    const to = countBy(destinations, boxOf);
    for (const [from, sourceCount] of countBy(sources, boxOf)) {
      for (const [other, count] of to) {
        const known = pairs.get(`${from} ${other}`) ?? { from, to: other, count: 0 };
        known.count += sourceCount * count;
        pairs.set(`${from} ${other}`, known);
      }
    }
  }
  const closed = countBy(blocked, ({ from, to }) => `b${boxOf(from)} b${boxOf(to)}`);
  const sorted = [...pairs.values()].sort((a, b) => a.from - b.from || a.to - b.to);
  return {
    clusters: boxes.map((box, at) => {
      const count = nodes.filter((node) => node.box === at && node.kind !== 'set').length;
      const label = box.kind === 'namespace' ? `${titleOf(box)}: ${count}` : titleOf(box);
      return { title: '', nodes: [{ id: `b${at}`, label, look: box.kind === 'outside' ? 'outside' : 'namespace' }] };
    }),
    edges: [
      ...sorted.map(({ from, to, count }) => edge(`b${from}`, `b${to}`, `${count}`, 'open')),
      ...[...closed].map(([key, count]) => {
        const [from = '', to = ''] = key.split(' ');
        return edge(from, to, `${count} blocked`, 'blocked');
      }),
    ],
  };
}

function countBy<Value, Key>(values: readonly Value[], keyOf: (value: Value) => Key): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

/** A label has no room for more. */
const MOST_PORTS = 4;

/** Ports as the label of a line. */
export function portsLabel(ports: PortSet): string {
  if (ports === 'all') return 'all ports';
  const words = portWords(ports);
  const more = words.length - MOST_PORTS;
  return more <= 1 ? words.join(', ') : `${words.slice(0, MOST_PORTS).join(', ')} and ${more} more`;
}
