import { DIALECT_FACTS, type NameRules } from '../model/dialect.ts';
import type { Direction } from '../model/direction.ts';
import { DIRECTIONS } from '../model/direction.ts';
import { servedKindOf } from '../model/group-kind.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import { placeOf, type Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { KnownRules } from '../policy/known-rules.ts';
import { mergeRules } from '../policy/merge-rules.ts';
import { allowAll, type RuleSet } from '../policy/rule-set.ts';
import { canonicalSelector, selectorKey } from '../policy/selector.ts';
import type { ClosedBy } from './closed-by.ts';
import type { Cluster } from './cluster.ts';
import type { Connections } from './connections.ts';
import type { DnsPlan } from './dns.ts';
import { hostIn } from './host-in.ts';
import type { HttpPlan } from './http/http-plan.ts';
import type { Restriction } from './http/restriction.ts';
import { withRequests } from './http/with-requests.ts';
import type { Isolation } from './isolation.ts';
import { withLookUps } from './look-ups.ts';
import type { MeshPlan } from './mesh/plan-mesh.ts';
import {
  ALLOW_DNS,
  ALLOW_MESH,
  ALLOW_NAMESPACE,
  choosePolicyNames,
  DEFAULT_DENY,
  nameOfWorkloadPolicy,
} from './policy-names.ts';
import type { Refusals } from './refusals.ts';

/** What policies are planned from. */
export interface Plan {
  readonly cluster: Cluster;
  readonly isolation: Isolation;
  readonly refusals: Refusals;
  readonly connections: Connections;
  readonly dns: DnsPlan;
  readonly http: HttpPlan;
  /** undefined: the config names no mesh. */
  readonly mesh: MeshPlan | undefined;
  readonly closedBy: ClosedBy;
  readonly report: Report;
}

/** A plan on its way, and the rules that it has already. */
interface Planning extends Plan {
  readonly knownRules: KnownRules;
}

/** A policy without its name. */
interface Draft extends Omit<PlannedPolicy, 'policy'> {
  readonly base: string;
  readonly policy: Pick<NetworkPolicy, 'namespace' | 'podSelector' | 'ingress' | 'egress'>;
}

/** The policies of the whole input, named, by namespace and name. */
export function planPolicies(given: Plan): PlannedPolicy[] {
  const plan: Planning = { ...given, knownRules: new Map() };
  const { cluster } = plan;
  const namespaces = new Set([
    ...cluster.workloadsIn.keys(),
    ...cluster.namespaces.keys(),
    ...cluster.config.namespaces,
  ]);
  const unsorted = [...namespaces].flatMap((namespace) => namespacePolicies(plan, namespace));
  for (const workload of cluster.workloads) {
    const draft = workloadPolicy(plan, workload);
    if (draft !== undefined) unsorted.push(draft);
  }
  const drafts = sortDrafts(unsorted);
  const taken = takenNames(cluster);
  const wanted = drafts.map(({ policy, base, subject }) => ({
    namespace: policy.namespace,
    base,
    subject: subject?.kind === 'Namespace' ? undefined : subject,
  }));
  const isTaken = (namespace: string, name: string): boolean => taken.size > 0 && taken.has(`${namespace}/${name}`);
  const names = choosePolicyNames(wanted, isTaken, nameRulesOf(cluster));
  return drafts.map(({ base, policy, writtenNamespace, kind, origins, subject }, index) => {
    const name = names[index] ?? base;
    const holder = name === base ? undefined : taken.get(`${policy.namespace}/${base}`);
    if (holder !== undefined) {
      const message = `has the name of a policy that Postern writes, which is called "${name}" instead`;
      plan.report({ ...placeOf(holder), code: 'name-taken', severity: 'info', message, want: name });
    }
    const { namespace, podSelector, ingress, egress } = policy;
    return { policy: { name, namespace, podSelector, ingress, egress }, writtenNamespace, kind, origins, subject };
  });
}

/** Who has a name already among the kinds that are written: objects of other kinds may be called the same. */
function takenNames({ named, config }: Cluster): ReadonlyMap<string, Resource> {
  const { group, kinds, names } = DIALECT_FACTS[config.dialect];
  const written = new Set(kinds[config.mode].map((kind) => `${group}/${kind}`));
  const isOfThose = (resource: Resource): boolean => written.has(servedKindOf(resource));
  const nameOf = ({ name }: Resource): string => (names.dots ? name : name.replace(/^default\./, ''));
  return new Map(
    named
      .filter(isOfThose)
      .map((resource) => [`${resource.namespace ?? config.namespace ?? ''}/${nameOf(resource)}`, resource]),
  );
}

/** How the policies may be called in the dialect that is being worked on. */
function nameRulesOf({ config }: Cluster): NameRules {
  return DIALECT_FACTS[config.dialect].names;
}

function namespacePolicies(plan: Planning, namespace: string): Draft[] {
  const { cluster, isolation, connections, dns } = plan;
  const whole = DIRECTIONS.filter((direction) => isolation.wholeNamespace(namespace, direction));
  if (whole.length === 0) return [];
  const draft = (base: string, kind: Draft['kind'], rules: Partial<Record<Direction, RuleSet>>): Draft => ({
    base,
    kind,
    writtenNamespace: namespaceToWrite(cluster, namespace),
    origins: originsOf(Object.values(rules)),
    subject: cluster.namespaces.get(namespace),
    policy: { namespace, podSelector: [], ...sections(rules, plan) },
  });
  const own = connections.namespaces.get(namespace);
  const ruled = whole.filter((direction) => (own?.[direction].size ?? 0) > 0 && !isShared(plan, namespace, direction));
  const deny = Object.fromEntries(whole.map((direction) => [direction, new Map()]));
  const allowed = Object.fromEntries(
    ruled.map((direction) => [direction, withDnsOfHosts(plan, direction, own?.[direction] ?? new Map())]),
  );
  const proxies = meshRules(plan, namespace);
  return [
    { ...draft(DEFAULT_DENY, 'deny', deny), origins: denyOrigins(plan, namespace, whole) },
    ...(dns.wholeNamespace(namespace) ? [draft(ALLOW_DNS, 'allow', { Egress: dns.rules })] : []),
    ...(Object.keys(proxies).length > 0 ? [draft(ALLOW_MESH, 'allow', proxies)] : []),
    ...(ruled.length > 0 ? [draft(ALLOW_NAMESPACE, 'allow', allowed)] : []),
  ];
}

/** What the proxies of all pods of a namespace need. */
function meshRules({ mesh }: Plan, namespace: string): Partial<Record<Direction, RuleSet>> {
  return Object.fromEntries(
    DIRECTIONS.flatMap((direction) => {
      const rules = mesh?.wholeNamespace(namespace, direction);
      return rules === undefined ? [] : [[direction, rules]];
    }),
  );
}

function workloadPolicy(plan: Planning, workload: Workload): Draft | undefined {
  const rules: Partial<Record<Direction, RuleSet>> = {};
  const closers: string[] = [];
  for (const direction of DIRECTIONS) {
    const own = workloadRules(plan, workload, direction);
    if (own === undefined) continue;
    rules[direction] = own;
    if (closesItself(plan, workload, direction)) closers.push(...plan.closedBy.workload(workload, direction));
  }
  if (rules.Ingress === undefined && rules.Egress === undefined) return undefined;
  const { resource, namespace, selector } = workload;
  const restriction = plan.http.all.get(workload);
  if (selector.length === 0) {
    reportUnselectable(plan, workload);
    return undefined;
  }
  const { ingress, egress } = sections(rules, plan, restriction);
  return {
    base: nameOfWorkloadPolicy(resource.name, nameRulesOf(plan.cluster)),
    kind: 'allow',
    writtenNamespace: resource.namespace,
    origins:
      closers.length === 0 && restriction === undefined
        ? originsOf(Object.values(rules))
        : distinct([...closers, ...originsOf(Object.values(rules)), ...(restriction?.origins ?? [])]),
    subject: resource,
    policy: { namespace, podSelector: canonicalSelector(selector), ingress, egress },
  };
}

function reportUnselectable({ cluster, isolation, report }: Plan, workload: Workload): void {
  // Where one policy closes the whole namespace, nothing that the object says leaves its pods open.
  const mayStayOpen = DIRECTIONS.every(
    (direction) =>
      !isolation.hasList(workload, direction) &&
      !isolation.exempt(workload, direction) &&
      !isolation.wholeNamespace(workload.namespace, direction),
  );
  const { annotationPrefix, minimum } = cluster.config;
  const message =
    'must have labels on its pods: no policy can tell them from the other pods of its namespace' +
    // Whoever closes a whole cluster may not be free to change each template of it.
    (mayStayOpen && minimum.isolate === 'none'
      ? `. Where they may stay open, say "none" in ${annotationPrefix}isolate`
      : '');
  report({ ...placeOf(workload.resource), code: 'unselectable', severity: 'error', message });
}

/** The rules that a workload's own policy needs in one direction; undefined where it needs no such section. */
function workloadRules(plan: Plan, workload: Workload, direction: Direction): RuleSet | undefined {
  const { isolation, connections, dns } = plan;
  if (isolation.exempt(workload, direction)) return everything(plan, workload);
  const own = connections.workloads.get(workload)?.[direction];
  const sets: RuleSet[] = [];
  if (own !== undefined && isolation.closed(workload, direction)) sets.push(own);
  const shared = sharedRules(plan, workload, direction);
  if (shared !== undefined) sets.push(shared);
  if (direction === 'Egress' && dns.ownPolicy(workload)) sets.push(dns.rules);
  const ofProxy = plan.mesh?.ownPolicy(workload, direction);
  if (ofProxy !== undefined) sets.push(ofProxy);
  const rules = withDnsOfHosts(plan, direction, joined(sets));
  return rules.size > 0 || closesItself(plan, workload, direction) ? rules : undefined;
}

/** Whoever connects to hosts has DNS in the same policy, wherever else it stands. */
function withDnsOfHosts({ dns }: Plan, direction: Direction, rules: RuleSet): RuleSet {
  return direction === 'Egress' && hostIn(rules) !== undefined ? joined([rules, dns.rules]) : rules;
}

function joined(sets: readonly RuleSet[]): RuleSet {
  const only = sets[0];
  if (sets.length === 1 && only !== undefined) return only;
  const rules: RuleSet = new Map();
  for (const set of sets) allowAll(rules, set);
  return rules;
}

/** Whether no policy of the whole namespace closes the workload, so that its own must. */
function closesItself({ isolation }: Plan, workload: Workload, direction: Direction): boolean {
  return isolation.closes(workload, direction) && !isolation.wholeNamespace(workload.namespace, direction);
}

/** Whether one of the namespace's workloads refuses, or looks at requests, which a policy for all pods would cancel. */
function isShared({ refusals, http }: Plan, namespace: string, direction: Direction): boolean {
  return refusals.leavesOutSome(namespace, direction) || (direction === 'Ingress' && http.restrictsSome(namespace));
}

/** Rules of the namespace that stand in each workload's policy. */
function sharedRules(plan: Plan, workload: Workload, direction: Direction): RuleSet | undefined {
  const { isolation, refusals, connections } = plan;
  if (refusals.leftOut(workload, direction) || !isolation.closes(workload, direction)) return undefined;
  if (!isShared(plan, workload.namespace, direction)) return undefined;
  return connections.namespaces.get(workload.namespace)?.[direction];
}

/** The one rule of a workload that stays open in a closed namespace. */
function everything({ closedBy }: Plan, { resource }: Workload): RuleSet {
  return new Map([['all', { peer: 'all', ports: 'all', origins: closedBy.isolate(resource) }]]);
}

function sections(
  { Ingress, Egress }: Partial<Record<Direction, RuleSet>>,
  { dns, knownRules }: Planning,
  restriction?: Restriction,
): Pick<NetworkPolicy, 'ingress' | 'egress'> {
  return {
    ingress:
      Ingress &&
      (restriction === undefined ? mergeRules(Ingress, knownRules) : withRequests(Ingress, restriction.ports)),
    egress: Egress && (hostIn(Egress) === undefined ? mergeRules(Egress, knownRules) : withLookUps(Egress, dns.rules)),
  };
}

function originsOf(ruleSets: readonly RuleSet[]): string[] {
  const all = new Set<string>();
  for (const rules of ruleSets) {
    for (const { origins } of rules.values()) for (const origin of origins) all.add(origin);
  }
  return all.size < 2 ? [...all] : [...all].sort();
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}

function denyOrigins({ closedBy }: Plan, namespace: string, whole: readonly Direction[]): string[] {
  return distinct(whole.flatMap((direction) => closedBy.namespace(namespace, direction)));
}

/** A namespace is written where the input writes it, so that what has none can still be given one. */
function namespaceToWrite({ namespaces, config, workloadsIn }: Cluster, namespace: string): string | undefined {
  if (namespaces.has(namespace) || namespace !== config.namespace) return namespace;
  const isWritten = (workloadsIn.get(namespace) ?? []).some(({ resource }) => resource.namespace !== undefined);
  return isWritten ? namespace : undefined;
}

/** By namespace and name. */
function sortDrafts(drafts: readonly Draft[]): Draft[] {
  const keyed = drafts.map((draft) => ({ draft, key: sortKey(draft) }));
  return keyed.sort((a, b) => compare(a.key, b.key) || byContent(a.draft, b.draft)).map(({ draft }) => draft);
}

/** Whatever the order of the input: two Pods whose names the server completes differ in their pods or rules only. */
function byContent(a: Draft, b: Draft): number {
  return (
    compare(selectorKey(a.policy.podSelector), selectorKey(b.policy.podSelector)) ||
    compare(JSON.stringify([a.policy, a.origins]), JSON.stringify([b.policy, b.origins]))
  );
}

/** The policies of a namespace as a whole come first. */
function sortKey({ policy, base, kind, subject }: Draft): string {
  const rank = kind === 'deny' ? 0 : policy.podSelector.length === 0 ? 1 : 2;
  return [policy.namespace, rank, base, subject?.kind ?? '', subject?.apiVersion ?? ''].join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
