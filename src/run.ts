import { type CheckResult, checkInput } from './check.ts';
import { renderClusterWide } from './dialect/cluster-wide.ts';
import { renderGuards } from './dialect/identities.ts';
import { DIALECTS } from './dialect/index.ts';
import type { RenderContext, RenderedPolicy } from './dialect/renderer.ts';
import { annotateNew } from './emit/annotate-new.ts';
import { reconcile, refuseOverwriting } from './emit/reconcile.ts';
import { writePieces } from './emit/write-output.ts';
import { judgeExpectations } from './explain/judge-expectations.ts';
import { judgeRails } from './infer/cluster-wide/contradictions.ts';
import { warnOfDnsForAll } from './infer/cluster-wide/dns-for-all.ts';
import { planClusterWide } from './infer/cluster-wide/plan-cluster-wide.ts';
import { type AllowedAtEnd, judgeDoors } from './infer/doors.ts';
import { type Inference, inferPolicies } from './infer/infer.ts';
import { tellOwnership, withoutOurs } from './infer/ownership.ts';
import { reportOnce } from './infer/report-once.ts';
import { warnOfCuts } from './infer/warn.ts';
import type { ClusterWidePlan } from './model/cluster-wide-plan.ts';
import type { Config } from './model/config.ts';
import type { Expectation } from './model/expectation.ts';
import { type Changes, type Input, NO_CHANGES } from './model/input.ts';
import type { NetworkPolicy } from './model/network-policy.ts';
import { hasErrors, type Problem, type Report, sortProblems } from './model/problem.ts';
import type { Resources } from './model/resources.ts';
import { mapObserved } from './observe.ts';
import { type Declarations, readAnnotations } from './parse/annotations.ts';
import { warnNoObjects } from './parse/no-objects.ts';
import { readFinished } from './parse/read-finished.ts';
import { readResources } from './parse/read-resources.ts';
import { configOfRequest, openRequest, type RunRequest } from './parse/request.ts';
import { inDialect } from './policy/in-dialect.ts';
import { isPlain } from './policy/subjects-of.ts';
import { allowedPortsAtEnd } from './reach/connections.ts';
import { indexPolicies, opening, type PolicyIndex, selecting } from './reach/index-policies.ts';

// What the adapters need beside a run; they import nothing deeper.
export { printProblem } from './emit/problem-text.ts';
export { resultOf } from './emit/results.ts';
export { decode } from './parse/input/decode.ts';
export type { RunRequest } from './parse/request.ts';

/** What one run gives. */
export interface RunResult {
  /** The input with its policies; the input unchanged when the run failed; '' when it could not be opened. */
  readonly output: string;
  /** The output in pieces that follow each other, for those who need not hold a large one twice. */
  readonly pieces: readonly string[];
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
  const input = openRequest(request, report);
  if (input === undefined) return inPieces([], { changes: NO_CHANGES, problems, failed: true, verbose: false });

  const config = configOfRequest(request, input, report);
  if (config.task === 'check') return resultOfCheck(input, checkInput(input, config, problems));
  const { changes, verbose } = plan(input, config, problems, report);
  const failed = hasErrors(problems);
  const { annotations } = request;
  const wanted = annotations === undefined ? changes : annotateNew(changes, annotations);
  const done = failed ? NO_CHANGES : wanted;
  const sorted = sortProblems(problems);
  return inPieces(writePieces(input, done, sorted), { changes: done, problems: sorted, failed, verbose });
}

/** A NetworkPolicyCheck changes nothing. */
function resultOfCheck(input: Input, { problems, failed, verbose }: CheckResult): RunResult {
  const pieces = writePieces(input, NO_CHANGES, problems);
  return inPieces(pieces, { changes: NO_CHANGES, problems, failed, verbose });
}

/** A result whose output is put together when it is asked for. */
export function inPieces(pieces: readonly string[], result: Omit<RunResult, 'output' | 'pieces'>): RunResult {
  return {
    ...result,
    pieces,
    get output() {
      return pieces.join('');
    },
  };
}

/** What the items are and say. */
function read(input: Input, config: Config, report: Report): { resources: Resources; said: Declarations } {
  const { resources, words } = readResources(input.items, config, report);
  return { resources, said: readAnnotations(words, config, report) };
}

/** From the opened input to what is to be written. Stops where what follows would only repeat an error. */
function plan(
  input: Input,
  config: Config,
  problems: readonly Problem[],
  reportEach: Report,
): { readonly changes: Changes; readonly verbose: boolean } {
  const { verbose } = config;
  if (hasErrors(problems)) return { changes: NO_CHANGES, verbose };

  const report = reportOnce(reportEach);
  warnNoObjects(input, config.place, report);
  const { resources, said } = read(input, config, report);
  const isAllRead = !hasErrors(problems);

  const { ours, others, taken } = tellOwnership(resources, config.owner, report);
  const handWritten = others.map(({ policy }) => policy);
  // What one API can say another cannot, so each has the words resolved for itself.
  const inferences = config.dialects.map((dialect) =>
    inferPolicies({ ...resources, named: taken }, said, handWritten, { ...config, dialect }, report),
  );
  const [first] = inferences;
  const clusterWide = first && config.clusterWide && planClusterWide(config.clusterWide, first.names, report);
  if (!isAllRead) return { changes: NO_CHANGES, verbose };
  // What an unknown name would have opened is not cut.
  const isAllKnown = !hasErrors(problems);

  for (const inference of inferences) judge({ inference, handWritten, resources, isAllKnown, report });
  const whole = clusterWideObjects(clusterWide, inferences, report);
  const expectations = [...config.expect, ...said.expectations];
  if (isAllKnown && expectations.length > 0) {
    const beside = whole.length === 0 ? handWritten : readFinished(withoutOurs(input.items, ours), whole, config);
    for (const inference of inferences) judgeExpected(expectations, { inference, beside, said, report });
  }
  if (clusterWide !== undefined) for (const inference of inferences) judgeClusterWide(clusterWide, inference, report);
  const written = inferences.flatMap((inference) => {
    const render = DIALECTS.get(inference.cluster.config.dialect);
    return render?.(inference.policies, contextOf(inference, report)) ?? [];
  });
  const wanted = [...whole, ...written, ...guardObjects(inferences, report)];
  refuseOverwriting(wanted, taken, report);
  return { changes: reconcile(wanted, ours, report), verbose };
}

function contextOf({ cluster }: Inference, report: Report): RenderContext {
  return { config: cluster.config, namespaces: cluster.namespaces, report };
}

/** The policies of the whole cluster, which are the same in every dialect. */
function clusterWideObjects(
  plan: ClusterWidePlan | undefined,
  [inference]: readonly Inference[],
  report: Report,
): readonly RenderedPolicy[] {
  return plan === undefined || inference === undefined ? [] : renderClusterWide(plan, contextOf(inference, report));
}

/** What the whole cluster's policies cut or open against the word of an object. */
function judgeClusterWide(plan: ClusterWidePlan, inference: Inference, report: Report): void {
  judgeRails(plan, inference, report);
  warnOfDnsForAll(plan, inference, report);
}

/** The authorization policies of a mesh, which are the same in every dialect. */
function guardObjects([inference]: readonly Inference[], report: Report): RenderedPolicy[] {
  if (inference === undefined) return [];
  const { identity } = inference.cluster.config;
  return identity === undefined ? [] : renderGuards(identity.name, inference.guards, contextOf(inference, report));
}

/** What the finished policies of one dialect, beside those that others wrote, leave closed or cut. */
function judge({ inference, handWritten, resources, isAllKnown, report }: Judging): void {
  const policies = withPlanned(handWritten, inference);
  // Where the lists say enough of every door, no policy is looked up.
  let known: PolicyIndex | undefined;
  const index = (): PolicyIndex => {
    known ??= indexPolicies(policies);
    return known;
  };
  const allowedAtEnd: AllowedAtEnd = (...flow) => allowedPortsAtEnd(index(), ...flow);
  judgeDoors({ ...inference, allowedAtEnd, report });
  if (!isAllKnown) return;
  const { callers } = resources;
  warnOfCuts({
    ...inference,
    callers,
    selecting: (...end) => selecting(index(), ...end),
    opening: (...end) => opening(index(), ...end),
    allowedAtEnd,
    report,
  });
}

/** What is judged, and whether every name in it is known. */
interface Judging {
  readonly inference: Inference;
  readonly handWritten: readonly NetworkPolicy[];
  readonly resources: Resources;
  readonly isAllKnown: boolean;
  readonly report: Report;
}

/** The policies of one dialect beside others. */
function withPlanned(others: readonly NetworkPolicy[], { policies, cluster }: Inference): readonly NetworkPolicy[] {
  // Beside plain policies alone they mean the same in every dialect, and are judged in less time.
  const onlyAdds = others.every(isPlain);
  const planned = policies.map(({ policy }) => (onlyAdds ? policy : inDialect(policy, cluster.config.dialect)));
  return [...others, ...planned];
}

/** Whether what is expected holds in the finished build: `beside` are its policies but those of the dialect. */
function judgeExpected(
  expectations: readonly Expectation[],
  { inference, beside, said, report }: JudgingExpected,
): void {
  const { cluster } = inference;
  const policies = withPlanned(beside, inference);
  const observed = mapObserved({ config: cluster.config, cluster, policies, said });
  judgeExpectations(expectations, { observed, report, unknownName: 'error' });
}

interface JudgingExpected {
  readonly inference: Inference;
  readonly beside: readonly NetworkPolicy[];
  readonly said: Declarations;
  readonly report: Report;
}
