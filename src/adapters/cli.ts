import { isatty } from 'node:tty';
import type { Problem } from '../model/problem.ts';
import { printProblem, type RunResult } from '../run.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { HELP } from './help.ts';
import { defect, failedRun, runGuarded, runStdin } from './krm.ts';
import { readFiles, readText } from './read-files.ts';
import { codeOf, refuseClosed, writeAll } from './write-all.ts';

declare const POSTERN_VERSION: string;

/** The command: `words` are its arguments. Writes stdout and stderr, and answers the exit status. */
export function main(words: readonly string[]): number {
  try {
    return start(readArguments(words));
  } catch (error) {
    return report(1, [printProblem(defect(error))]);
  }
}

function start(asked: Arguments): number {
  if (asked.kind === 'help') return finish(0, HELP, []);
  if (asked.kind === 'version') return finish(0, `${version()}\n`, []);
  if (asked.kind === 'wrong') {
    return report(2, [printProblem({ code: 'usage', severity: 'error', message: asked.message })]);
  }
  if (asked.paths.length > 0) return publish(runFiles(asked.paths, asked.config), asked.verbose);
  if (isatty(0)) return report(2, [HELP.trimEnd()]);
  return publish(runStdin(asked.config), asked.verbose);
}

function runFiles(paths: readonly string[], configPath: string | undefined): RunResult {
  const problems: Problem[] = [];
  const collect = (problem: Problem): void => void problems.push(problem);
  const files = readFiles(paths, collect);
  const config = configPath === undefined ? undefined : readText(configPath, collect);
  if (problems.length > 0) return failedRun('', ...problems);
  const request = { input: files, ...(config && { config: { text: config.text, file: config.path } }) };
  return runGuarded(request, '');
}

/** Infos are for those who ask; the results on stdout hold what `run` put there. */
function publish({ output, problems, failed, verbose }: RunResult, asked: boolean): number {
  const shown = problems.filter(({ severity }) => severity !== 'info' || verbose || asked);
  const lines = shown.map(printProblem);
  if (failed) return finish(1, output, lines);
  if (output !== '') return finish(0, output, lines);
  return report(1, [...lines, printProblem(defect(new Error('nothing to write')))]);
}

/** Writes stdout to its last byte, then stderr. A success whose output did not arrive is none. */
function finish(status: number, output: string, lines: readonly string[]): number {
  try {
    refuseClosed(1);
    writeAll(1, output);
  } catch (error) {
    return report(1, [...lines, printProblem(unwritable(error))]);
  }
  return report(status, lines);
}

function report(status: number, lines: readonly string[]): number {
  try {
    if (lines.length > 0) writeAll(2, `${lines.join('\n')}\n`);
  } catch {
    // Nobody listens; the exit status still says what happened.
  }
  return status;
}

function unwritable(error: unknown): Problem {
  const code = codeOf(error);
  const isClosed = code === 'EPIPE' || code === 'EBADF';
  const reason = isClosed ? 'it was closed' : error instanceof Error ? error.message : String(error);
  return { code: 'unwritable-output', severity: 'error', message: `stdout must take the whole output, but ${reason}` };
}

/** Put in by the bundler. */
function version(): string {
  return typeof POSTERN_VERSION === 'string' ? POSTERN_VERSION : 'development';
}
