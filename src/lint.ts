import { buildCluster } from './infer/cluster.ts';
import { LINTS } from './lints/lints.ts';
import type { Config } from './model/config.ts';
import type { InputItem } from './model/input.ts';
import { hasErrors, type Problem, type Report, sortProblems } from './model/problem.ts';
import type { Resource } from './model/resource.ts';
import { readAnnotations } from './parse/annotations.ts';
import { readResources } from './parse/read-resources.ts';
import { configOfRequest, openRequest, type RunRequest } from './parse/request.ts';
import { indexPolicies } from './reach/index-policies.ts';

/** What the lints found. */
export interface LintResult {
  /** How many policies were looked at. */
  readonly policies: number;
  /** Sorted by file, index and field. */
  readonly problems: readonly Problem[];
}

/** Looks for mistakes in the NetworkPolicies of the input, generated and hand-written. */
export function lint(request: RunRequest): LintResult {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const input = openRequest(request, report);
  if (input === undefined) return { policies: 0, problems };

  const config = configOfRequest(request, input, report);
  const policies = hasErrors(problems) ? 0 : lintItems(input.items, config, report);
  return { policies, problems: sortProblems(problems) };
}

function lintItems(items: readonly InputItem[], config: Config, report: Report): number {
  const { resources, words } = readResources(items, config, report);
  const { settings } = readAnnotations(words, config, report);
  const policies = resources.policies.map(({ policy }) => policy);
  const cluster = buildCluster(resources, config, policies);
  const wants = (resource: Resource | undefined): boolean =>
    resource !== undefined && settings.get(resource)?.noDns === true;
  const linted = {
    policies: resources.policies,
    cluster,
    index: indexPolicies(policies),
    wantsNoDns: ({ resource, namespace }: { readonly resource: Resource; readonly namespace: string }) =>
      wants(resource) || wants(cluster.namespaces.get(namespace)),
    report,
  };
  for (const run of LINTS) run(linted);
  return new Set(policies.map(({ resource }) => resource)).size;
}
