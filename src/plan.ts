import { printPlanJson } from './emit/plan-json.ts';
import { printPlanPatches } from './emit/plan-patches.ts';
import { printPlanText } from './emit/plan-text.ts';
import { buildCluster } from './infer/cluster.ts';
import { inferPolicies } from './infer/infer.ts';
import { decideIsolation } from './infer/isolation.ts';
import { tellOwnership } from './infer/ownership.ts';
import { findRefusals } from './infer/refusals.ts';
import { nameOf } from './infer/subject.ts';
import { gatherVoices } from './infer/voice.ts';
import type { Config } from './model/config.ts';
import type { Settings } from './model/declaration.ts';
import type { InputItem } from './model/input.ts';
import { nearest } from './model/nearest.ts';
import type { Plan } from './model/plan.ts';
import { hasErrors, type Problem, type Report, sortProblems } from './model/problem.ts';
import type { Resource } from './model/resource.ts';
import { readAnnotations } from './parse/annotations.ts';
import { parseList } from './parse/grammar/parse-list.ts';
import { readHints } from './parse/read-hints.ts';
import { type ReadResult, readResources } from './parse/read-resources.ts';
import { configOfRequest, openRequest, type RunRequest } from './parse/request.ts';
import type { ReadObject } from './parse/resource.ts';
import { allowedPortsAtEnd } from './reach/connections.ts';
import { indexPolicies } from './reach/index-policies.ts';
import { matchingRules } from './reach/matching-rules.ts';
import { buildPlan, type Noticed } from './reveal/build-plan.ts';
import { gatherConnections } from './reveal/gather.ts';
import type { Kit } from './reveal/kit.ts';
import { revealTraffic } from './reveal/reveal.ts';

/** How a plan is printed, by the name of the format. */
export const PLAN_FORMATS: ReadonlyMap<string, (plan: Plan) => string> = new Map([
  ['text', printPlanText],
  ['patches', printPlanPatches],
  ['json', printPlanJson],
]);

/** What a plan works on. */
export interface PlanRequest extends RunRequest {
  /** Only this namespace. */
  readonly only?: string;
}

/** A plan, or why there is none. */
export interface PlanResult {
  /** undefined after an error. */
  readonly plan: Plan | undefined;
  /** Sorted by file, index and field. */
  readonly problems: readonly Problem[];
}

/**
 * What "isolate: both" would close, namespace by namespace, which traffic that the manifests reveal it would cut, and the
 * items that keep it. Nothing is changed.
 */
export function plan(request: PlanRequest): PlanResult {
  const problems: Problem[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const input = openRequest(request, report);
  const config = input === undefined ? undefined : configOfRequest(request, input, report);
  const found =
    input === undefined || config === undefined || hasErrors(problems)
      ? undefined
      : planItems(input.items, config, request.only, report);
  if (found !== undefined && request.only !== undefined) checkOnly(request.only, found, report);
  return { plan: hasErrors(problems) ? undefined : found?.plan, problems: sortProblems(problems) };
}

interface Found {
  readonly plan: Plan;
  /** Namespaces with workloads. */
  readonly namespaces: readonly string[];
}

function planItems(items: readonly InputItem[], config: Config, only: string | undefined, report: Report): Found {
  const objects: ReadObject[] = [];
  const read = readResources(items, config, report, (object) => void objects.push(object));
  const hints = readHints(items, read.resources, objects, config);
  const kit = prepare(read, config, report);
  const { cluster } = kit.inference;
  const noticed: Noticed[] = [];
  const services = new Map(read.resources.services.map((one) => [`${one.namespace}/${one.resource.name}`, one]));
  const revealed = revealTraffic({
    cluster,
    pods: new Map([...hints.pods].filter(([workload]) => cluster.workloadOf.get(workload.resource) === workload)),
    callers: [...read.resources.callers, ...hints.callers],
    bound: hints.bound,
    ciliumGateways: hints.ciliumGateways,
    services,
    note: ({ resource, namespace }, what, why) =>
      void noticed.push({ namespace, what: `${nameOf(resource)} names ${what}`, why }),
  });
  for (const { resource, namespace } of hints.makers) {
    // Without the Namespace object only workloads are closed, one by one.
    if (!cluster.namespaces.has(namespace)) continue;
    const why = `makes pods that are not in these resources, and "isolate: both" on Namespace "${namespace}" closes them too: give them an entry in "pods" of the config`;
    noticed.push({ namespace, what: nameOf(resource), why });
  }
  if (read.resources.callers.some(({ from }) => from.kind === 'openshift-router') && resolvesByKubeDns(config)) {
    const why =
      'OpenShift, whose Routes these resources have, has no DNS in kube-system, where pods that are closed may look names up: say "dns: openshift" in the config';
    for (const namespace of cluster.workloadsIn.keys()) noticed.push({ namespace, what: 'name resolution', why });
  }
  const findings = { connections: gatherConnections(revealed, cluster), pods: hints.pods, noticed };
  return { plan: buildPlan(findings, kit, only), namespaces: [...cluster.workloadsIn.keys()] };
}

/** The config lets pods resolve names by what most clusters have, which is what it means without a word. */
function resolvesByKubeDns({ dns }: Config): boolean {
  return dns.peers.every(
    (peer) =>
      peer.kind === 'pods' &&
      peer.podSelector.some(({ key, values }) => key === 'k8s-app' && values.includes('kube-dns')),
  );
}

/** The policies that there would be, were every namespace closed both ways with the words that are there. */
function prepare({ resources, words }: ReadResult, config: Config, report: Report): Kit {
  const said = readAnnotations(words, config, report);
  const { others, taken } = tellOwnership(resources, config.owner, ignore);
  const handWritten = others.map(({ policy }) => policy);
  const today = buildCluster(resources, config, handWritten);
  const isolationToday = decideIsolation(today, gatherVoices(today, said, ignore), ignore);
  const closing = { ...said, settings: withoutNamespaces(said.settings) };
  const inference = inferPolicies(
    { ...resources, named: taken },
    closing,
    handWritten,
    { ...config, isolate: 'both' },
    (problem) => {
      // Pods without labels are a word of the plan: nobody closed them yet.
      if (problem.code !== 'unselectable') report(problem);
    },
  );
  const { voices } = inference;
  const index = indexPolicies([...handWritten, ...inference.policies.map(({ policy }) => policy)]);
  return {
    names: inference.names,
    inference,
    refusals: findRefusals(voices.voices),
    settings: voices.settings,
    closedToday: ({ resource }, direction) => {
      const workload = today.workloadOf.get(resource);
      return workload !== undefined && isolationToday.closed(workload, direction);
    },
    allowedAtEnd: (...flow) => allowedPortsAtEnd(index, ...flow),
    allowing: (...flow) =>
      matchingRules(index, ...flow).rules.flatMap(({ action, policy }) => (action === 'allow' ? [policy] : [])),
    read: (list) => {
      const parsed = parseList(list);
      return 'items' in parsed ? parsed.items : [];
    },
  };
}

/** What a Namespace says of its isolation is what the plan changes. */
function withoutNamespaces(settings: ReadonlyMap<Resource, Settings>): ReadonlyMap<Resource, Settings> {
  return new Map(
    [...settings].map(([resource, { isolate, ...others }]) => [
      resource,
      resource.kind === 'Namespace' || isolate === undefined ? others : { ...others, isolate },
    ]),
  );
}

function checkOnly(only: string, { plan: { namespaces }, namespaces: known }: Found, report: Report): void {
  // One that is closed and has all its words is a plan with nothing in it.
  if (namespaces.length > 0 || known.includes(only)) return;
  const near = nearest(only, known);
  const hint = near === undefined ? '' : ` (did you mean "${near}"?)`;
  const message = `--only must be a namespace with workloads, got "${only}"${hint}`;
  report({ code: 'usage', severity: 'error', message, got: only, ...(near === undefined ? {} : { want: near }) });
}

function ignore(): void {}
