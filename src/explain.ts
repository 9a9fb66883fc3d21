import { printExplanationJson } from './emit/explain/explanation-json.ts';
import { printExplanation } from './emit/explain/explanation-text.ts';
import { explainPairs } from './explain/explain-pairs.ts';
import { findSide } from './explain/find-side.ts';
import type { Explanation, Outcome } from './model/explanation.ts';
import { hasErrors, type Problem, sortProblems } from './model/problem.ts';
import { type Observed, observe } from './observe.ts';
import { readSide } from './parse/grammar/parse-side.ts';
import type { RunRequest } from './parse/request.ts';

/** What is to be explained, and how it is printed. */
export interface Question {
  /** An item of a list, without ports. */
  readonly from: string;
  /** An item of a list. */
  readonly to: string;
  readonly format: ExplainFormat;
  readonly isColoured: boolean;
}

/** How an explanation may be printed. */
export type ExplainFormat = 'text' | 'json';

export const EXPLAIN_FORMATS: readonly ExplainFormat[] = ['text', 'json'];

/** An answer; `text` is '' and `outcome` undefined after an error. */
export interface ExplainResult {
  readonly text: string;
  readonly outcome: Outcome | undefined;
  readonly problems: readonly Problem[];
}

/** Whether one thing may connect to another by the policies of the input, and why. */
export function explain(request: RunRequest, question: Question): ExplainResult {
  const problems: Problem[] = [];
  const observed = observe(request, problems);
  const explanation = observed && answer(observed, question, problems);
  const failed = hasErrors(problems) || explanation === undefined;
  const text = failed ? '' : PRINTERS[question.format](explanation, question.isColoured);
  return { text, outcome: failed ? undefined : explanation.outcome, problems: sortProblems(problems) };
}

const PRINTERS: Readonly<Record<ExplainFormat, (explanation: Explanation, isColoured: boolean) => string>> = {
  text: printExplanation,
  json: printExplanationJson,
};

function answer(observed: Observed, { from, to }: Question, problems: Problem[]): Explanation | undefined {
  const [fromItem, toItem] = [readSide(from, problems), readSide(to, problems)];
  if (fromItem === undefined || toItem === undefined) return undefined;
  if (fromItem.ports !== undefined) problems.push(portsAtSource(fromItem.text));
  const source = findSide(fromItem, { observed, near: [], problems });
  const near = (source?.ends ?? []).flatMap(({ namespace }) => namespace ?? []);
  const destination = findSide(toItem, { observed, near, problems });
  if (source === undefined || destination === undefined || hasErrors(problems)) return undefined;
  return explainPairs(observed, source, destination, problems);
}

function portsAtSource(got: string): Problem {
  const message = `must not have ports at the source, got "${got}": ports are those of the destination`;
  return { code: 'usage', severity: 'error', message, got };
}
