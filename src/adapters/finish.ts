import { NO_CHANGES } from '../model/input.ts';
import type { Problem } from '../model/problem.ts';
import { inPieces, printProblem, type RunResult } from '../run.ts';
import { codeOf } from './system-errors.ts';
import { refuseClosed, writeAll } from './write-all.ts';

/**
 * Writes stdout to its last byte, then the lines on stderr, and answers the exit status. A success whose output did not
 * arrive is none.
 */
export function finish(status: number, output: string | readonly string[], lines: readonly string[]): number {
  try {
    refuseClosed(1);
    writeAll(1, typeof output === 'string' ? [output] : output);
  } catch (error) {
    return tell(1, [...lines, printProblem(unwritable(error))]);
  }
  return tell(status, lines);
}

/** Writes lines on stderr alone, and answers the exit status. */
export function tell(status: number, lines: readonly string[]): number {
  try {
    if (lines.length > 0) writeAll(2, [`${lines.join('\n')}\n`]);
  } catch {
    // Nobody listens; the exit status still says what happened.
  }
  return status;
}

/** Says that the command line is wrong. */
export function refuseUsage(message: string): number {
  return tell(2, [printProblem({ code: 'usage', severity: 'error', message })]);
}

/** The lines of stderr: infos are for those who ask, since the results on stdout hold what `run` put there. */
export function linesOf(problems: readonly Problem[], showsInfos: boolean): readonly string[] {
  return problems.filter(({ severity }) => severity !== 'info' || showsInfos).map(printProblem);
}

/** A run that failed before it began. */
export function failedRun(output: string, ...problems: readonly Problem[]): RunResult {
  return inPieces([output], { changes: NO_CHANGES, problems, failed: true, verbose: false });
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

function unwritable(error: unknown): Problem {
  const code = codeOf(error);
  const isClosed = code === 'EPIPE' || code === 'EBADF';
  const reason = isClosed ? 'it was closed' : error instanceof Error ? error.message : String(error);
  return { code: 'unwritable-output', severity: 'error', message: `stdout must take the whole output, but ${reason}` };
}
