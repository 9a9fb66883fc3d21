import { visible } from '../visible.ts';
import type { Cluster, Edge, Outline, OutlineNode } from './outline.ts';

/** A picture in the language of Graphviz. Ends with a newline. */
export function printGraphDot({ clusters, edges, notes }: Outline): string {
  const lines = [
    'digraph postern {',
    ...notes.map((note) => `  // ${note}`),
    '  rankdir=LR; newrank=true; fontname="sans-serif"; nodesep=0.3; ranksep=1.2;',
    '  node [shape=box, style="rounded", fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9, color="#4a5568", fontcolor="#4a5568"];',
    ...clusters.flatMap(clusterLines),
    ...edges.map(edgeLine),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const LOOKS: Readonly<Record<OutlineNode['look'], string>> = {
  closed: '',
  open: ', color="#b26a00", penwidth=2',
  unseen: ', style="rounded,dashed"',
  set: ', style="rounded,dotted"',
  outside: ', color="#5e35b1"',
  namespace: ', penwidth=1.5',
};

function clusterLines({ title, nodes }: Cluster, index: number): readonly string[] {
  const inside = nodes.map(({ id, label, look }) => `${id} [label=${quote(label)}${LOOKS[look]}];`);
  if (title === '') return inside.map((line) => `  ${line}`);
  return [
    `  subgraph cluster_${index} {`,
    `    label=${quote(title)}; style="rounded"; color="#a0aec0";`,
    ...inside.map((line) => `    ${line}`),
    '  }',
  ];
}

function edgeLine({ from, to, label, look }: Edge): string {
  const style = look === 'blocked' ? ', style=dashed, color="#c62828", fontcolor="#c62828"' : '';
  return `  ${from} -> ${to} [label=${quote(label)}${style}];`;
}

/** In a quoted string a backslash begins an escape of labels. */
function quote(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
