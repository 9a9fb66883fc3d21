import { NETASSERT_KINDS, printNetassert } from './emit/script/netassert-text.ts';
import { type ProbeSettings, printScript } from './emit/script/script-text.ts';
import type { ProbePlan } from './model/probe.ts';
import { hasErrors, type Problem, sortProblems } from './model/problem.ts';
import { type Observed, observe } from './observe.ts';
import type { RunRequest } from './parse/request.ts';
import { askedPairs, type Filters } from './reach/asked-pairs.ts';
import { mapReach } from './reach/reach-map.ts';
import { expectedProbes } from './script/expected-probes.ts';
import { mergeProbes } from './script/merge-probes.ts';
import { planProbes } from './script/plan-probes.ts';
import { strangers } from './script/strangers.ts';

/** What is to be tried in a cluster, and how it is written. */
export interface ScriptChoice extends ProbeSettings, Filters {
  readonly format: ScriptFormat;
  /** The most connections that are tried, but those that are expected are all tried. */
  readonly limit: number;
  /** What the config and the objects expect: beside what policies say, without it, or left out. */
  readonly expectations: 'too' | 'only' | 'none';
}

/** What may be written. */
export type ScriptFormat = 'sh' | 'netassert';

export const SCRIPT_FORMATS: readonly ScriptFormat[] = ['sh', 'netassert'];

/** A script; '' after an error. */
export interface ScriptResult {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly failed: boolean;
}

const PRINTERS: Readonly<Record<ScriptFormat, (plan: ProbePlan, settings: ProbeSettings) => string>> = {
  sh: printScript,
  netassert: printNetassert,
};

/** Writes what tries in a live cluster whether its policies let through what those of the input do, and nothing else. */
export function script(request: RunRequest, choice: ScriptChoice): ScriptResult {
  const problems: Problem[] = [];
  const observed = observe(request, problems);
  const plan = observed && planFor(choice.format === 'sh' ? withStrangers(observed) : observed, choice, problems);
  if (plan !== undefined && plan.probes.length === 0) problems.push(nothingToTry(choice));
  const failed = hasErrors(problems) || plan === undefined;
  return { text: failed ? '' : PRINTERS[choice.format](plan, choice), problems: sortProblems(problems), failed };
}

function planFor(observed: Observed, choice: ScriptChoice, problems: Problem[]): ProbePlan | undefined {
  const kinds = choice.format === 'netassert' ? [...NETASSERT_KINDS.keys()] : undefined;
  const expectations = [...observed.config.expect, ...observed.said.expectations];
  const expected = choice.expectations === 'none' ? NOTHING : expectedProbes(expectations, observed, kinds, problems);
  const asked = askedPairs(observed, choice, problems);
  if (asked === undefined || hasErrors(problems)) return undefined;
  const limit = Math.max(0, choice.limit - expected.probes.length);
  const chosen = choice.expectations === 'only' ? NOTHING : planProbes(observed, { asked, limit, kinds });
  const probes = mergeProbes([...expected.probes, ...chosen.probes]);
  return { probes, leftOut: [...expected.leftOut, ...chosen.leftOut] };
}

const NOTHING: ProbePlan = { probes: [], leftOut: [] };

function withStrangers(observed: Observed): Observed {
  const ends = [...observed.ends, ...strangers(observed.cluster)];
  const map = mapReach(
    observed.policies,
    ends.map(({ endpoint }) => endpoint),
  );
  return { ...observed, ends, map };
}

function nothingToTry({ expectations, from, to, within }: ScriptChoice): Problem {
  const choosesFewer = [from, to, within].some((names) => names !== undefined);
  const message =
    expectations === 'only'
      ? 'must hold expectations of workloads with ports that a cluster can be asked about, got none: --expect tries nothing else'
      : `must hold workloads with ports that a cluster can be asked about, got none${choosesFewer ? ': --from, --to and --in choose fewer' : ''}`;
  return { code: 'nothing-to-try', severity: 'error', message };
}
