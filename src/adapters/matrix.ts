import { MATRIX_FORMATS, type MatrixChoice, type MatrixFormat, matrix } from '../matrix.ts';
import type { MatrixView } from '../model/matrix-view.ts';
import { finish, linesOf, refuseUsage } from './finish.ts';
import { oneOf } from './one-of.ts';
import { readOptions } from './options.ts';
import { type RequestOptions, readRequest } from './read-request.ts';
import { terminalOfStdout } from './terminal.ts';

const OPTIONS = {
  format: { type: 'string', short: 'o' },
  detail: { type: 'string' },
  all: { type: 'boolean' },
  in: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  config: { type: 'string' },
  namespace: { type: 'string' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const DETAILS: readonly MatrixView['detail'][] = ['namespaces', 'merged', 'pairs'];

const HELP = `Prints who may connect to whom by the NetworkPolicies of the input: every workload, every port, and outside.

Usage:
  kustomize build … | postern matrix [OPTIONS]        a finished build
  kubectl get -A -o yaml deploy,sts,ds,cj,jobs,po,svc,ns,netpol | postern matrix
  postern matrix [OPTIONS] PATH...                    files and folders

Any policy counts, generated or hand-written. Annotations do not: render with postern first. What has the same connections is on one
line, and many lines are put together by namespace; the notes below the table say so, and who is not isolated.

Options:
  -o, --format FORMAT    text (as it is), markdown, csv or json
  --in NAMESPACE         only what has an end in this namespace
  --from END, --to END   only these: shop/web, web, 'shop/*', internet, outside
  --detail DETAIL        namespaces, merged or pairs
  --all                  every pair on its own line, as --detail pairs
  --config FILE          the config of the build: its pods, privateRanges, nodes and workloadKinds
  --namespace NAME       the namespace of objects that name none, before the config's
  --verbose              print infos too
  --help                 print this

Exit status: 0, 1 when something cannot be read or a name is unknown, 2 when the command line is wrong.
`;

/** `postern matrix`. */
export function matrixCommand(words: readonly string[]): number {
  const read = readOptions(words, OPTIONS, 'postern matrix');
  if (read.kind === 'wrong') return refuseUsage(read.message);
  const { values, positionals } = read;
  if (values.help === true) return finish(0, HELP, []);
  const format = oneOf('--format', values.format ?? 'text', MATRIX_FORMATS);
  const asked = values.all === true ? 'pairs' : values.detail;
  const detail = asked === undefined ? undefined : oneOf('--detail', asked, DETAILS);
  if (typeof format === 'object') return refuseUsage(format.wrong);
  if (typeof detail === 'object') return refuseUsage(detail.wrong);
  return print(positionals, values, { ...choiceOf(format, detail), ...filtersOf(values) }, values.verbose === true);
}

function print(paths: readonly string[], options: RequestOptions, choice: MatrixChoice, verbose: boolean): number {
  const asked = readRequest(paths, options);
  if ('problems' in asked) return finish(1, '', linesOf(asked.problems, false));
  const { text, problems, failed } = matrix(asked.request, choice);
  return finish(failed ? 1 : 0, text, linesOf(problems, verbose));
}

type Filters = Pick<MatrixChoice, 'within' | 'from' | 'to'>;

function filtersOf(values: { readonly in?: string; readonly from?: string; readonly to?: string }): Filters {
  return { within: values.in, from: values.from, to: values.to };
}

function choiceOf(format: MatrixFormat, detail: MatrixView['detail'] | undefined): Omit<MatrixChoice, keyof Filters> {
  return { format, detail, terminal: terminalOfStdout() };
}
