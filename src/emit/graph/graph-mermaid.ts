import { visible } from '../visible.ts';
import type { Cluster, Edge, Outline, OutlineNode } from './outline.ts';

/** A picture in Mermaid, which GitHub, GitLab and many editors draw from a code block. Ends with a newline. */
export function printGraphMermaid({ clusters, edges, notes }: Outline): string {
  const blocked = edges.flatMap(({ look }, index) => (look === 'blocked' ? [index] : []));
  const nodes = clusters.flatMap((cluster) => cluster.nodes);
  const lines = [
    'flowchart LR',
    ...notes.map((note) => `  %% ${note}`),
    ...clusters.flatMap(clusterLines),
    ...edges.map(edgeLine),
    ...LOOKS.flatMap(({ look, style }) => classLines(look, style, nodes)),
    ...(blocked.length === 0 ? [] : [`  linkStyle ${blocked.join(',')} stroke:#c62828,color:#c62828`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Colours of the border alone, so that a dark page draws its own ground and text. */
const LOOKS: readonly { readonly look: OutlineNode['look']; readonly style: string }[] = [
  { look: 'open', style: 'stroke:#b26a00,stroke-width:2px' },
  { look: 'unseen', style: 'stroke-dasharray:4 3' },
  { look: 'set', style: 'stroke-dasharray:1 3' },
  { look: 'outside', style: 'stroke:#5e35b1' },
];

const SHAPES: Readonly<Record<OutlineNode['look'], readonly [string, string]>> = {
  closed: ['[', ']'],
  open: ['[', ']'],
  unseen: ['[', ']'],
  set: ['([', '])'],
  outside: ['([', '])'],
  namespace: ['[', ']'],
};

function clusterLines({ title, nodes }: Cluster, index: number): readonly string[] {
  const inside = nodes.map(({ id, label, look }) => {
    const [start, end] = SHAPES[look];
    return `${id}${start}${quote(label)}${end}`;
  });
  if (title === '') return inside.map((line) => `  ${line}`);
  return [`  subgraph c${index}[${quote(title)}]`, ...inside.map((line) => `    ${line}`), '  end'];
}

function edgeLine({ from, to, label, look }: Edge): string {
  const arrow = look === 'blocked' ? '-.->' : '-->';
  return `  ${from} ${arrow}|${quote(label)}| ${to}`;
}

function classLines(look: OutlineNode['look'], style: string, nodes: readonly OutlineNode[]): readonly string[] {
  const ids = nodes.filter((node) => node.look === look).map(({ id }) => id);
  return ids.length === 0 ? [] : [`  classDef ${look} ${style}`, `  class ${ids.join(',')} ${look}`];
}

/** Whatever might mean something to Mermaid, or to the page around it, is written by its number. */
function quote(text: string): string {
  return `"${visible(text).replace(/[^\p{L}\p{N} ./,=_-]/gu, (character) => `#${character.codePointAt(0)};`)}"`;
}
