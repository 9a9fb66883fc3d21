import { printGraphDot } from './emit/graph/graph-dot.ts';
import { printGraphMermaid } from './emit/graph/graph-mermaid.ts';
import { printGraphPage } from './emit/graph/graph-page.ts';
import { type Outline, outlineOf } from './emit/graph/outline.ts';
import { viewGraph } from './graph/view-graph.ts';
import type { GraphView } from './model/graph-view.ts';
import { hasErrors, type Problem, sortProblems } from './model/problem.ts';
import { observe } from './observe.ts';
import type { RunRequest } from './parse/request.ts';
import { askedPairs, type Filters, isAskedFor } from './reach/asked-pairs.ts';

/** How a picture may be written. */
export type GraphFormat = 'mermaid' | 'dot' | 'html';

export const GRAPH_FORMATS: readonly GraphFormat[] = ['mermaid', 'dot', 'html'];

/** What a picture is to show, and how. */
export interface GraphChoice extends Filters {
  readonly format: GraphFormat;
  /** Mermaid and Graphviz: every workload, or namespaces only; undefined: by how much there is. */
  readonly detail: Outline['detail'] | undefined;
  /** The page without its data, for HTML. */
  readonly readPage: () => string;
}

/** A picture; '' after an error. */
export interface GraphResult {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly failed: boolean;
}

const PRINTERS: Readonly<Record<GraphFormat, (view: GraphView, choice: GraphChoice) => string>> = {
  mermaid: (view, { detail }) => printGraphMermaid(outlineOf(view, detail)),
  dot: (view, { detail }) => printGraphDot(outlineOf(view, detail)),
  html: (view, { readPage }) => printGraphPage(view, readPage()),
};

/** A picture of who reaches whom by the policies of the input, and of what is declared and does not pass. */
export function graph(request: RunRequest, choice: GraphChoice): GraphResult {
  const problems: Problem[] = [];
  const observed = observe(request, problems);
  const asked = observed && askedPairs(observed, choice, problems);
  const failed = hasErrors(problems) || observed === undefined || asked === undefined;
  if (failed) return { text: '', problems: sortProblems(problems), failed };
  const view = viewGraph(observed, asked, (end) => isAskedFor(end, choice, observed.addresses));
  return { text: PRINTERS[choice.format](view, choice), problems: sortProblems(problems), failed };
}
