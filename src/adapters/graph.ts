import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { GRAPH_FORMATS, type GraphChoice, type GraphFormat, graph } from '../graph.ts';
import { printProblem } from '../run.ts';
import { finish, linesOf, refuseUsage, tell } from './finish.ts';
import { graphPage } from './graph-page.ts';
import { oneOf } from './one-of.ts';
import { readOptions } from './options.ts';
import { type RequestOptions, readRequest } from './read-request.ts';

const OPTIONS = {
  format: { type: 'string', short: 'o' },
  output: { type: 'string' },
  detail: { type: 'string' },
  in: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const DETAILS: readonly NonNullable<GraphChoice['detail']>[] = ['workloads', 'namespaces'];

const HELP = `Pictures who may connect to whom by the NetworkPolicies of the input, and what is declared and does not pass.

Usage:
  kustomize build … | postern graph --output graph.html      a page for a browser, which needs no network
  kustomize build … | postern graph                          Mermaid, for a Markdown page
  postern graph -o dot PATH... | dot -Tsvg > graph.svg       Graphviz

Any policy counts, generated or hand-written. Connections of which no policy says anything are not drawn: that a workload
is not isolated says it.

Options:
  -o, --format FORMAT    mermaid (as it is), dot or html; else by the name of --output: .html, .dot, .gv, .mmd
  --output FILE          write to a file rather than stdout
  --in NAMESPACE         only what has an end in this namespace
  --from END, --to END   only these: shop/web, web, 'shop/*', internet, outside
  --detail DETAIL        workloads or namespaces, for mermaid and dot; as it is, by how much there is
  --config FILE          the config of the build: its pods, privateRanges, nodes and workloadKinds
  --namespace NAME       the namespace of objects that name none, before the config's
  --verbose              print infos too
  --help                 print this

Exit status: 0, 1 when something cannot be read or written or a name is unknown, 2 when the command line is wrong.
`;

/** `postern graph`. */
export function graphCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern graph');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { values, positionals } = read;
  if (values.help === true) return finish(0, HELP, []);
  const format = oneOf('--format', values.format ?? formatOf(values.output), GRAPH_FORMATS);
  const detail = values.detail === undefined ? undefined : oneOf('--detail', values.detail, DETAILS);
  if (typeof format === 'object') return refuseUsage(format.wrong);
  if (typeof detail === 'object') return refuseUsage(detail.wrong);
  const { in: within, from, to, output } = values;
  const choice: GraphChoice = { format, detail, within, from, to, readPage: graphPage };
  return draw({ paths: positionals, options: values, output, choice, verbose: values.verbose === true });
}

const FORMATS: ReadonlyMap<string, GraphFormat> = new Map([
  ['.html', 'html'],
  ['.htm', 'html'],
  ['.dot', 'dot'],
  ['.gv', 'dot'],
]);

function formatOf(output: string | undefined): GraphFormat {
  return FORMATS.get(extname(output ?? '').toLowerCase()) ?? 'mermaid';
}

interface Drawing {
  readonly paths: readonly string[];
  readonly options: RequestOptions;
  readonly output: string | undefined;
  readonly choice: GraphChoice;
  readonly verbose: boolean;
}

function draw({ paths, options, output, choice, verbose }: Drawing): number {
  const asked = readRequest(paths, options);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const { text, problems, failed } = graph(asked.request, choice);
  const lines = linesOf(problems, verbose);
  if (failed || output === undefined) return finish(failed ? 1 : 0, text, lines);
  try {
    writeFileSync(output, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `"${output}" must be a file that can be written, but ${reason}`;
    return tell(1, [...lines, printProblem({ code: 'unwritable-output', severity: 'error', message })]);
  }
  return tell(0, [...lines, `wrote ${output}`]);
}
