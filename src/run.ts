import { DIALECTS } from './dialect/index.ts';
import { reconcile } from './emit/reconcile.ts';
import { writeOutput } from './emit/write-output.ts';
import { judgeDoors } from './infer/doors.ts';
import { inferPolicies } from './infer/infer.ts';
import { tellOwnership } from './infer/ownership.ts';
import { warnOfCuts } from './infer/warn.ts';
import { type Changes, type Input, NO_CHANGES } from './model/input.ts';
import type { Problem, Report } from './model/problem.ts';
import { readAnnotations } from './parse/annotations.ts';
import { readConfig } from './parse/config/read-config.ts';
import { readConfigText } from './parse/config/read-config-text.ts';
import { type InputFile, openFiles, openInput } from './parse/input/open-input.ts';
import { warnNoObjects } from './parse/no-objects.ts';
import { readResources } from './parse/read-resources.ts';
import { rolesOf } from './parse/roles.ts';
import { allowedPortsAtEnd } from './reach/connections.ts';
import { indexPolicies, selecting } from './reach/index-policies.ts';

// What the adapters need beside a run; they import nothing deeper.
export { printProblem } from './emit/problem-text.ts';
export { resultOf } from './emit/results.ts';
export { decode } from './parse/input/decode.ts';

/** What one run works on. */
export interface RunRequest {
  /** The text of stdin, or the files of the command line. */
  readonly input: string | readonly InputFile[];
  /** The file of `--config`; a ResourceList brings its own. */
  readonly config?: { readonly text: string; readonly file: string };
}

/** What one run gives. */
export interface RunResult {
  /** The input with its policies; the input unchanged when the run failed; '' when it could not be opened. */
  readonly output: string;
  /** What was done to the items of the input; nothing when the run failed. */
  readonly changes: Changes;
  /** Sorted by file, index and field. */
  readonly problems: readonly Problem[];
  /** There is an error among the problems. */
  readonly failed: boolean;
  /** Infos are to be shown on stderr too. */
  readonly verbose: boolean;
}

/** The whole story: read the input, infer what is declared, judge it, and write the policies beside what came in. */
export function run(request: RunRequest): RunResult {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const input = typeof request.input === 'string' ? openInput(request.input, report) : openFiles(request.input, report);
  if (input === undefined) return { output: '', changes: NO_CHANGES, problems, failed: true, verbose: false };

  const { changes, verbose } = plan(input, request.config, problems, report);
  const failed = hasErrors(problems);
  const done = failed ? NO_CHANGES : changes;
  const sorted = [...problems].sort(byPlace);
  return { output: writeOutput(input, done, sorted), changes: done, problems: sorted, failed, verbose };
}

/** From the opened input to what is to be written. Stops where what follows would only repeat an error. */
function plan(
  input: Input,
  configFile: RunRequest['config'],
  problems: readonly Problem[],
  report: Report,
): { readonly changes: Changes; readonly verbose: boolean } {
  const config =
    configFile === undefined ? readConfig(input.functionConfig, {}, report) : readConfigText(configFile, report);
  const { verbose } = config;
  if (hasErrors(problems)) return { changes: NO_CHANGES, verbose };

  warnNoObjects(input, config.place, report);
  const { resources, objects } = readResources(input.items, config, report);
  const said = readAnnotations(objects, rolesOf(resources), config, report);
  const isAllRead = !hasErrors(problems);

  const { ours, others } = tellOwnership(resources.policies, config.owner, report);
  const handWritten = others.map(({ policy }) => policy);
  const inference = inferPolicies(resources, said, handWritten, config, report);
  if (!isAllRead) return { changes: NO_CHANGES, verbose };
  // What an unknown name would have opened is not cut.
  const isAllKnown = !hasErrors(problems);

  const index = indexPolicies([...handWritten, ...inference.policies.map(({ policy }) => policy)]);
  judgeDoors({ ...inference, allowedAtEnd: (...flow) => allowedPortsAtEnd(index, ...flow), report });
  if (isAllKnown)
    warnOfCuts({ ...inference, callers: resources.callers, selecting: (...end) => selecting(index, ...end), report });

  const render = DIALECTS.get(config.dialect);
  const wanted = render?.(inference.policies, { config, namespaces: inference.cluster.namespaces }) ?? [];
  return { changes: reconcile(wanted, ours, report), verbose };
}

function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

/** Problems of one field stay as they were found, which for a list is the order of its items. */
function byPlace(a: Problem, b: Problem): number {
  return (
    compare(a.file ?? '', b.file ?? '') ||
    (a.fileIndex ?? 0) - (b.fileIndex ?? 0) ||
    (a.item ?? -1) - (b.item ?? -1) ||
    compare(a.field ?? '', b.field ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
