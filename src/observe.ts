import { buildCluster, type Cluster, namespaceLabels } from './infer/cluster.ts';
import { endsOfWorkloads } from './infer/ends.ts';
import type { Config } from './model/config.ts';
import type { End } from './model/end.ts';
import type { InputItem } from './model/input.ts';
import type { NetworkPolicy } from './model/network-policy.ts';
import { hasErrors, type Problem, type Report } from './model/problem.ts';
import { readAnnotations } from './parse/annotations.ts';
import { readResources } from './parse/read-resources.ts';
import { configOfRequest, openRequest, type RunRequest } from './parse/request.ts';
import { type IpRange, parseIpRange } from './policy/ip-range.ts';
import { endsOfAbsentPods } from './reach/absent-pods.ts';
import { type AddressEnds, addressEnds } from './reach/address-ends.ts';
import { indexPolicies, type PolicyIndex } from './reach/index-policies.ts';
import { namedEnds } from './reach/named-ends.ts';
import { mapReach, type ReachMap } from './reach/reach-map.ts';

/** A finished build or a dump of a cluster, as the commands that look at it see it. */
export interface Observed {
  readonly config: Config;
  readonly cluster: Cluster;
  readonly policies: readonly NetworkPolicy[];
  /** Workloads by name, then pods that only policies name, those that nobody names, and what is outside. */
  readonly ends: readonly End[];
  readonly addresses: AddressEnds;
  /** Its endpoints are those of `ends`, in their order. */
  readonly map: ReachMap;
  /** What the annotations and the config say. */
  readonly said: ReturnType<typeof readAnnotations>;
}

/** What is read before anything is worked out. */
export type Read = Pick<Observed, 'config' | 'cluster' | 'policies' | 'said'>;

/** Reads the input and works out who reaches whom by its policies; undefined after an error. */
export function observe(request: RunRequest, problems: Problem[]): Observed | undefined {
  const read = readObserved(request, problems);
  return read === undefined ? undefined : mapObserved(read);
}

/** Reads the input; undefined after an error. */
export function readObserved(request: RunRequest, problems: Problem[]): Read | undefined {
  const report: Report = (problem) => void problems.push(problem);
  const input = openRequest(request, report);
  if (input === undefined) return undefined;
  const config = configOfRequest(request, input, report);
  if (hasErrors(problems)) return undefined;
  const { resources, said } = readItems(input.items, config, report);
  if (hasErrors(problems)) return undefined;
  const policies = resources.policies.map(({ policy }) => policy);
  return { config, cluster: buildCluster(resources, config, policies), policies, said };
}

/** The address space along the ranges of these policies, and the private ranges of a config. */
export function addressesOf(
  policies: readonly NetworkPolicy[],
  { privateRanges }: Config,
  index: PolicyIndex = indexPolicies(policies),
): AddressEnds {
  return addressEnds(index.ranges.values(), readRanges(privateRanges));
}

/** Workloads by name, whatever the order of the input. */
export function workloadEnds(cluster: Cluster): readonly End[] {
  return sortByName(endsOfWorkloads(cluster));
}

/** Pods that policies name and the input does not have, by name. */
export function absentEnds(
  policies: readonly NetworkPolicy[],
  workloads: readonly End[],
  cluster: Cluster,
  index: PolicyIndex = indexPolicies(policies),
): readonly End[] {
  const present = workloads.map(({ endpoint }) => endpoint);
  return sortByName(endsOfAbsentPods(policies, index, present, (namespace) => namespaceLabels(cluster, namespace)));
}

/** Works out who reaches whom by the policies that were read, or that are about to be written. */
export function mapObserved(read: Read): Observed {
  const { config, cluster, policies } = read;
  const index = indexPolicies(policies);
  const addresses = addressesOf(policies, config, index);
  const workloads = workloadEnds(cluster);
  const named = namedEnds(policies, workloads);
  const ends = [...workloads, ...absentEnds(policies, workloads, cluster, index), ...named, ...addresses.ends];
  const map = mapReach(
    policies,
    ends.map(({ endpoint }) => endpoint),
    index,
  );
  return { ...read, ends, addresses, map };
}

/** Annotations were judged when the policies were written: a finished build is not asked again. */
function readItems(
  items: readonly InputItem[],
  config: Config,
  report: Report,
): {
  readonly resources: ReturnType<typeof readResources>['resources'];
  readonly said: Observed['said'];
} {
  const { resources, words } = readResources(items, config, report);
  return { resources, said: readAnnotations(words, config, ignore) };
}

function ignore(): void {}

function readRanges(texts: readonly string[]): readonly IpRange[] {
  return texts.flatMap((text) => parseIpRange(text) ?? []);
}

function sortByName(ends: readonly End[]): readonly End[] {
  return [...ends].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
