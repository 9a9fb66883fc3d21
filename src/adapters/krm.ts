import { readFileSync } from 'node:fs';
import { NO_CHANGES } from '../model/input.ts';
import type { Problem } from '../model/problem.ts';
import { decode, type RunRequest, type RunResult, run } from '../run.ts';
import { readText } from './read-files.ts';
import { codeOf } from './write-all.ts';

/** Runs on stdin: as the KRM function that kustomize and kpt start, or on a plain stream of documents. */
export function runStdin(configPath: string | undefined): RunResult {
  const read = readStdin();
  if ('problem' in read) return failedRun('', read.problem);
  const problems: Problem[] = [];
  const config = configPath === undefined ? undefined : readText(configPath, (problem) => problems.push(problem));
  const [unreadable] = problems;
  if (unreadable !== undefined) return failedRun(read.text, unreadable);
  return runGuarded(
    { input: read.text, ...(config === undefined ? {} : { config: { text: config.text, file: config.path } }) },
    read.text,
  );
}

/** Runs; an exception, which is a defect of this program, becomes a problem, with the input as the output. */
export function runGuarded(request: RunRequest, unchanged: string): RunResult {
  try {
    return run(request);
  } catch (error) {
    return failedRun(unchanged, defect(error));
  }
}

/** A run that failed before it began. */
export function failedRun(output: string, ...problems: readonly Problem[]): RunResult {
  return { output, changes: NO_CHANGES, problems, failed: true, verbose: false };
}

/** The problem that stands for an exception nobody expected. The stack is shown where POSTERN_DEBUG=1 asks for it. */
export function defect(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && process.env['POSTERN_DEBUG'] === '1' ? error.stack : undefined;
  return {
    code: 'internal-error',
    severity: 'error',
    message: `"${reason}": this is a defect of Postern, please report it with the input (POSTERN_DEBUG=1 shows where)`,
    ...(stack === undefined ? {} : { snippet: stack }),
  };
}

function readStdin(): { readonly text: string } | { readonly problem: Problem } {
  try {
    return decode(readFileSync(0));
  } catch (error) {
    const code = codeOf(error);
    // A closed stdin is an empty one.
    if (code === 'EOF' || code === 'EBADF') return { text: '' };
    const message = `stdin must be readable, got ${error instanceof Error ? error.message : String(error)}`;
    return { problem: { code: 'unreadable-file', severity: 'error', message } };
  }
}
