import { printMatrixCsv } from './emit/matrix/matrix-csv.ts';
import { printMatrixJson } from './emit/matrix/matrix-json.ts';
import { printMatrixMarkdown } from './emit/matrix/matrix-markdown.ts';
import { printMatrix, type Terminal } from './emit/matrix/matrix-text.ts';
import type { MatrixView } from './model/matrix-view.ts';
import { hasErrors, type Problem, sortProblems } from './model/problem.ts';
import { type Observed, observe } from './observe.ts';
import type { RunRequest } from './parse/request.ts';
import { askedPairs, EVERYTHING, type Filters } from './reach/asked-pairs.ts';
import type { Asked } from './reach/connection-table.ts';
import { viewMatrix } from './reach/matrix-view.ts';

/** What a matrix is to show, and how. */
export interface MatrixChoice extends Filters {
  readonly format: MatrixFormat;
  readonly detail: MatrixView['detail'] | undefined;
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
  const view = viewMatrix(observed, asked, wanted);
  return PRINTERS[format](view, terminal);
}
