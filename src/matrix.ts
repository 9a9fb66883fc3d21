import { printMatrixCsv } from './emit/matrix/matrix-csv.ts';
import { printMatrixJson } from './emit/matrix/matrix-json.ts';
import { printMatrixMarkdown } from './emit/matrix/matrix-markdown.ts';
import { printMatrix, type Terminal } from './emit/matrix/matrix-text.ts';
import type { End } from './model/end.ts';
import type { MatrixView } from './model/matrix-view.ts';
import { nearest } from './model/nearest.ts';
import { hasErrors, type Problem, sortProblems } from './model/problem.ts';
import { type Observed, observe } from './observe.ts';
import type { RunRequest } from './parse/request.ts';
import type { Asked } from './reach/connection-table.ts';
import { viewMatrix } from './reach/matrix-view.ts';

/** What a matrix is to show, and how. */
export interface MatrixChoice {
  readonly format: MatrixFormat;
  readonly detail: MatrixView['detail'] | undefined;
  /** Only what has an end in this namespace. */
  readonly within: string | undefined;
  /** Only these sources and destinations: names, `shop/*`, `internet`. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly terminal: Terminal;
}

/** How a matrix may be printed. */
export type MatrixFormat = 'text' | 'markdown' | 'csv' | 'json';

export const MATRIX_FORMATS: readonly MatrixFormat[] = ['text', 'markdown', 'csv', 'json'];

/** A printed matrix; '' after an error. */
export interface MatrixResult {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly failed: boolean;
}

const PRINTERS: Readonly<Record<MatrixFormat, (view: MatrixView, terminal: Terminal) => string>> = {
  text: printMatrix,
  markdown: printMatrixMarkdown,
  csv: printMatrixCsv,
  json: printMatrixJson,
};

/** Who reaches whom by the policies of the input, generated or hand-written: every workload, every port, and outside. */
export function matrix(request: RunRequest, choice: MatrixChoice): MatrixResult {
  const problems: Problem[] = [];
  const observed = observe(request, problems);
  const asked = observed && askedPairs(observed, choice, problems);
  const failed = hasErrors(problems) || observed === undefined || asked === undefined;
  const text = failed ? '' : print(observed, asked, choice);
  return { text, problems: sortProblems(problems), failed };
}

function print(observed: Observed, asked: readonly Asked[], { format, detail, terminal }: MatrixChoice): string {
  const isForPeople = format === 'text' || format === 'markdown';
  const wanted = detail ?? (isForPeople && asked.length === 1 && asked[0] === EVERYTHING ? 'auto' : 'merged');
  const view = viewMatrix({ ...observed, policies: observed.policies.length }, asked, wanted);
  return PRINTERS[format](view, terminal);
}

const EVERYTHING: Asked = { source: () => true, destination: () => true };

/** The pairs of the filters; those of a namespace are two products that do not overlap. */
function askedPairs(
  { ends, addresses }: Observed,
  { within, from, to }: MatrixChoice,
  problems: Problem[],
): readonly Asked[] | undefined {
  const find = (option: string, text: string | undefined): ((end: End) => boolean) => {
    if (text === undefined) return () => true;
    const found = new Set(ends.filter((end) => isCalled(end, text, addresses.isInternet)));
    if (found.size === 0) problems.push(unknownEnd(option, text, ends));
    return (end) => found.has(end);
  };
  const source = find('--from', from);
  const destination = find('--to', to);
  const isIn = within === undefined ? undefined : find('--in', `${within}/*`);
  if (hasErrors(problems)) return undefined;
  if (isIn === undefined) return from === undefined && to === undefined ? [EVERYTHING] : [{ source, destination }];
  return [
    { source: (end) => isIn(end) && source(end), destination },
    { source: (end) => !isIn(end) && source(end), destination: (end) => isIn(end) && destination(end) },
  ];
}

/** `shop/web`, `web` of any namespace, `shop/*`, `internet`, `outside`. */
function isCalled(end: End, text: string, isInternet: (end: End) => boolean): boolean {
  if (text === 'internet') return isInternet(end);
  if (text === 'outside') return end.kind === 'addresses';
  if (text.endsWith('/*')) return end.namespace === text.slice(0, -2);
  return end.name === text || (end.namespace !== undefined && end.name === `${end.namespace}/${text}`);
}

function unknownEnd(option: string, text: string, ends: readonly End[]): Problem {
  const places = new Set(ends.flatMap(({ namespace }) => (namespace ? [`${namespace}/*`] : [])));
  const names = ends.flatMap(({ name, namespace }) => [name, namespace ? name.slice(namespace.length + 1) : name]);
  const near = nearest(text, [...names, ...places]);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  return {
    code: 'unknown-end',
    severity: 'error',
    message: `${option} must name a workload or namespace of the input, "internet" or "outside", got "${text}"${hint}`,
    got: text,
    ...(near === undefined ? {} : { want: near }),
  };
}
