import { runChecker } from './run-checker.ts';

export interface SelectorQuestion {
  readonly selector: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SelectorAnswer {
  readonly matches: boolean;
  /** Why Calico's parser refuses the selector. */
  readonly refusal?: string;
}

/** Whether Calico's selector matches these labels, by Calico's own parser; throws where it refuses the selector. */
export function calicoMatches(selector: string, labels: Readonly<Record<string, string>>): boolean {
  const answer = calicoAnswers([{ selector, labels }])[0];
  if (answer === undefined || answer.refusal !== undefined) throw new Error(`${selector}: ${answer?.refusal}`);
  return answer.matches;
}

/** One answer for each question, in one run. */
export function calicoAnswers(questions: readonly SelectorQuestion[]): readonly SelectorAnswer[] {
  return runChecker('calico-selector', [], questions.map((question) => JSON.stringify(question)).join('\n'));
}
