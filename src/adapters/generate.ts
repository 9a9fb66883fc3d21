import { printProblem, type RunRequest, type RunResult, run } from '../run.ts';
import { readArguments } from './arguments.ts';
import { defect, failedRun, finish, linesOf, refuseUsage, tell } from './finish.ts';
import { HELP } from './help.ts';
import { isTerminal } from './is-terminal.ts';
import { readRequest } from './read-request.ts';
import { tuneRuntime } from './tune-runtime.ts';

declare const POSTERN_VERSION: string;

/** The function itself: `words` are its arguments. Writes stdout and stderr, and answers the exit status. */
export function generate(words: readonly string[]): number {
  const asked = readArguments(words);
  if (asked.kind === 'help') return finish(0, HELP, []);
  if (asked.kind === 'version') return finish(0, `${version()}\n`, []);
  if (asked.kind === 'wrong') return refuseUsage(asked.message);
  if (asked.paths.length === 0 && isTerminal(0)) return tell(2, [HELP.trimEnd()]);
  const read = readRequest(asked.paths, asked);
  tuneRuntime(read.text.length);
  const result = 'problems' in read ? failedRun(read.text, ...read.problems) : runGuarded(read.request, read.text);
  return publish(result, asked.verbose);
}

/** Runs; an exception, which is a defect of this program, becomes a problem, with the input as the output. */
export function runGuarded(request: RunRequest, unchanged: string): RunResult {
  try {
    return run(request);
  } catch (error) {
    return failedRun(unchanged, defect(error));
  }
}

function publish({ pieces, problems, failed, verbose }: RunResult, asked: boolean): number {
  const lines = linesOf(problems, verbose || asked);
  if (failed) return finish(1, pieces, lines);
  if (pieces.some((piece) => piece !== '')) return finish(0, pieces, lines);
  return tell(1, [...lines, printProblem(defect(new Error('nothing to write')))]);
}

/** Put in by the bundler. */
function version(): string {
  return typeof POSTERN_VERSION === 'string' ? POSTERN_VERSION : 'development';
}
