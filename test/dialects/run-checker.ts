import { spawnSync } from 'node:child_process';
import { describeWith, tool } from '../tools.ts';

/** All checkers are built together, so one stands for all. */
const BUILT = 'crd-check';

/** A `describe` whose tests ask the checkers; where those are missing, that is said as by `describeWith`. */
export function describeWithCheckers(title: string, tests: () => void): void {
  describeWith(BUILT, title, tests);
}

/** The path of a program of test/dialects/checkers. */
export function checker(name: string): string {
  const path = tool(name);
  if (path === undefined) throw new Error(`${name} is missing: run "npm run tools"`);
  return path;
}

/** What a checker answers to `input`: one value for each line. Throws where it cannot read what it was given. */
export function runChecker<Answer>(name: string, args: readonly string[], input: string): readonly Answer[] {
  const options = { input, encoding: 'utf8', maxBuffer: 1024 ** 3 } as const;
  const { status, stdout, stderr, error } = spawnSync(checker(name), args, options);
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
}
