import { printProblem } from '../../src/emit/problem-text.ts';
import { run } from '../../src/run.ts';

/** What a process would print, and its exit status. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: 0 | 1;
}

/** Runs Postern in this process. Infos are on stderr only where the config wants them. */
export function runPostern(input: string, config?: string): Outcome {
  const file = 'config.yaml';
  const result = run({ input, ...(config === undefined ? {} : { config: { text: config, file } }) });
  const said = result.problems.filter(({ severity }) => severity !== 'info' || result.verbose);
  return {
    stdout: result.output,
    stderr: said.map((problem) => `${printProblem(problem)}\n`).join(''),
    status: result.failed ? 1 : 0,
  };
}
