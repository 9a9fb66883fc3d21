import { writeOutput } from './emit/write-output.ts';
import { judgeExpectations } from './explain/judge-expectations.ts';
import { findClosers } from './infer/closed-by.ts';
import { buildCluster, type Cluster } from './infer/cluster.ts';
import { reportRenamed } from './infer/identity/renamed.ts';
import { decideIsolation } from './infer/isolation.ts';
import { type DeclaredCount, reportOpen } from './infer/report-open.ts';
import { reportUnobserved } from './infer/report-unobserved.ts';
import { gatherVoices } from './infer/voice.ts';
import type { Config } from './model/config.ts';
import { type Input, type InputItem, NO_CHANGES } from './model/input.ts';
import type { NetworkPolicy } from './model/network-policy.ts';
import { hasErrors, type Problem, type Report, sortProblems } from './model/problem.ts';
import type { MarkedObject } from './model/resources.ts';
import { mapObserved } from './observe.ts';
import { type Declarations, readAnnotations } from './parse/annotations.ts';
import { readResources } from './parse/read-resources.ts';
import { configOfRequest, openRequest, type RunRequest } from './parse/request.ts';
import { indexPolicies, selecting } from './reach/index-policies.ts';

/** What a check found. */
export interface CheckResult {
  /** How much is declared isolated; undefined where the input cannot be read. */
  readonly declared: DeclaredCount | undefined;
  /** Sorted by file, index and field. */
  readonly problems: readonly Problem[];
  readonly failed: boolean;
  readonly verbose: boolean;
  /** Whether what is declared had to be closed, or only to be observed. */
  readonly mode: Config['mode'];
  /** The ResourceList with its new results, where one came in: a validator's answer. */
  readonly resourceList: string | undefined;
}

/**
 * Whether what is declared isolated is really closed by the policies of the input, generated or hand-written, and what is
 * expected holds. In a finished build the names of the base are gone, so lists are not asked for names, and an
 * annotation that expects something of a name that is not there is a warning.
 */
export function check(request: RunRequest): CheckResult {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const input = openRequest(request, report);
  return input === undefined
    ? { declared: undefined, problems, failed: true, verbose: false, mode: 'enforce', resourceList: undefined }
    : checkInput(input, configOfRequest(request, input, report), problems);
}

/** Only whether what is declared isolated is closed: the rest was judged while the build still knew the names of the base. */
export function checkIsolation(request: RunRequest): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const input = openRequest(request, report);
  if (input === undefined) return problems;
  const config = configOfRequest(request, input, report);
  if (!hasErrors(problems))
    reportNothing(checkClosed(readBuild(input.items, config, report), config, report), config, report);
  return sortProblems(problems);
}

/** The same of an input that is open; `problems` are those that were found before. */
export function checkInput(input: Input, config: Config, problems: Problem[]): CheckResult {
  const report: Report = (problem) => void problems.push(problem);
  const declared = hasErrors(problems) ? undefined : checkItems(input.items, config, report);
  const sorted = sortProblems(problems);
  return {
    declared,
    problems: sorted,
    failed: hasErrors(sorted),
    verbose: config.verbose,
    mode: config.mode,
    resourceList: input.form === 'resource-list' ? writeOutput(input, NO_CHANGES, sorted) : undefined,
  };
}

/** What a finished build holds. */
interface Build {
  readonly said: Declarations;
  readonly policies: readonly NetworkPolicy[];
  readonly cluster: Cluster;
  readonly marked: readonly MarkedObject[];
}

function readBuild(items: readonly InputItem[], config: Config, report: Report): Build {
  const { resources, words } = readResources(items, config, report);
  const said = readAnnotations(words, config, report);
  reportRenamed(resources.marked, report);
  const policies = resources.policies.map(({ policy }) => policy);
  return { said, policies, cluster: buildCluster(resources, config, policies), marked: resources.marked };
}

function checkItems(items: readonly InputItem[], config: Config, report: Report): DeclaredCount {
  const build = readBuild(items, config, report);
  const expectations = [...config.expect, ...build.said.expectations];
  const declared = checkClosed(build, config, report);
  if (expectations.length === 0) reportNothing(declared, config, report);
  else if (config.mode === 'enforce')
    judgeExpectations(expectations, { observed: mapObserved({ config, ...build }), report, unknownName: 'warning' });
  return declared;
}

/** Whether what is declared isolated is closed; where policies are only observed, whether they are there. */
function checkClosed(build: Build, config: Config, report: Report): DeclaredCount {
  const isObserved = config.mode === 'observe';
  const declared = countClosed(build, isObserved ? ignore : report);
  if (isObserved) reportUnobserved(declared, build.marked, config, report);
  return declared;
}

function countClosed({ said, policies, cluster }: Build, report: Report): DeclaredCount {
  const voices = gatherVoices(cluster, said, ignore);
  const isolation = decideIsolation(cluster, voices, ignore);
  const index = indexPolicies(policies);
  const closedBy = findClosers(cluster, voices);
  return reportOpen({ cluster, isolation, closedBy, selecting: (...end) => selecting(index, ...end), report });
}

function reportNothing({ namespaces, workloads }: DeclaredCount, { place }: Config, report: Report): void {
  if (namespaces + workloads === 0) report({ ...place, ...NOTHING_DECLARED });
}

/** The words themselves were judged when the policies were written. */
function ignore(): void {}

const NOTHING_DECLARED: Pick<Problem, 'code' | 'severity' | 'message'> = {
  code: 'nothing-isolated',
  severity: 'warning',
  message:
    'must hold something that is declared isolated, got nothing: where the config of the build closes it, give that ' +
    'with --config',
};
