import type { ClusterWidePlan, GuardRail } from '../../model/cluster-wide-plan.ts';
import type { Direction } from '../../model/direction.ts';
import type { PortSet } from '../../model/port.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { containsRange, type IpRange, parseIpRange } from '../../policy/ip-range.ts';
import { selects } from '../../policy/match-labels.ts';
import { intersect, isEmpty, subtract, union } from '../../policy/port-set.ts';
import { portsOf } from '../../policy/rule-set.ts';
import type { Cluster } from '../cluster.ts';
import type { Spoken, SpokenSet } from '../connections.ts';
import { formatPorts } from '../door-item.ts';
import { endpointOf } from '../endpoint.ts';
import type { Inference } from '../infer.ts';
import { membersOf } from '../resolve-item.ts';
import { nameOf, type Subject } from '../subject.ts';

/** What is judged. */
type Judging = Pick<Inference, 'cluster' | 'connections'> & {
  readonly rails: readonly GuardRail[];
  readonly report: Report;
};

/**
 * Says what a list declares and a rule of the platform denies: the connection would be cut whatever the policies of the
 * workloads allow. What is declared for one object is an error, for a set or a range a warning.
 */
export function judgeRails({ rails }: ClusterWidePlan, { cluster, connections }: Inference, report: Report): void {
  if (!rails.some(({ action }) => action === 'deny')) return;
  const judging = { cluster, connections, rails, report };
  for (const ask of connections.asks) judgeAsk(ask, judging);
  for (const grant of connections.grants) judgeGrant(grant, judging);
  for (const ask of connections.setAsks) judgeSetAsk(ask, judging);
  for (const grant of connections.setGrants) judgeSetGrant(grant, judging);
  judgeRanges(judging);
}

/** Workloads of a namespace, and members of a set, that are looked at. */
const LOOKED_AT = 50;

function workloadsOf(subject: Subject, { workloadsIn }: Cluster): readonly Workload[] {
  if (subject.kind !== 'namespace') return subject.workloads;
  return (workloadsIn.get(subject.namespace) ?? []).slice(0, LOOKED_AT);
}

function judgeAsk(ask: Spoken, judging: Judging): void {
  const sources = workloadsOf(ask.subject, judging.cluster);
  const pairs = [...ask.ports].flatMap(([target, ports]) => sources.map((source) => ({ source, target, ports })));
  reportDenial(pairs, ask, OF_AN_OBJECT, judging);
}

function judgeGrant(grant: Spoken, judging: Judging): void {
  const sources = grant.peer.workloads;
  const pairs = [...grant.ports].flatMap(([target, ports]) => sources.map((source) => ({ source, target, ports })));
  reportDenial(pairs, grant, OF_AN_OBJECT, judging);
}

function judgeSetAsk(ask: SpokenSet, judging: Judging): void {
  const members = membersOf(judging.cluster, ask.peer, ask.subject.namespace).slice(0, LOOKED_AT);
  const pairs = workloadsOf(ask.subject, judging.cluster).flatMap((source) =>
    members.map((target) => ({ source, target, ports: union(ask.ports, ask.perWorkload.get(target) ?? []) })),
  );
  reportDenial(pairs, ask, OF_A_SET, judging);
}

function judgeSetGrant(grant: Omit<SpokenSet, 'ports' | 'perWorkload'>, judging: Judging): void {
  const { peer, subject } = grant;
  if (peer.kind !== 'podSet') return;
  const members = membersOf(judging.cluster, peer, subject.namespace).slice(0, LOOKED_AT);
  const pairs = workloadsOf(subject, judging.cluster).flatMap((target) => {
    const rules = judging.connections.workloads.get(target)?.Ingress;
    const ports = portsOf(rules, { ...peer, kind: 'pods' });
    return members.map((source) => ({ source, target, ports }));
  });
  reportDenial(pairs, grant, OF_A_SET, judging);
}

interface Pair {
  readonly source: Workload;
  readonly target: Workload;
  readonly ports: PortSet;
}

const OF_AN_OBJECT = { code: 'denied-cluster-wide', severity: 'error' } as const;
const OF_A_SET = { code: 'cut-cluster-wide', severity: 'warning' } as const;

/** The first pair of an item that is denied stands for all of them. */
function reportDenial(
  pairs: readonly Pair[],
  { list, item }: Pick<Spoken, 'list' | 'item'>,
  how: typeof OF_AN_OBJECT | typeof OF_A_SET,
  judging: Judging,
): void {
  for (const pair of pairs) {
    const denial = denialOf(pair, judging);
    if (denial === undefined) continue;
    const { source, target } = pair;
    const what = `${nameOf(source.resource)} may not connect to ${nameOf(target.resource)} on ${formatPorts(denial.ports)}`;
    const verb = how.severity === 'error' ? 'must not declare' : 'declares';
    const message = `${verb} what the rule "${denial.rail.name}" of clusterWide denies, got "${item.text}": ${what}`;
    judging.report({ ...list.place, ...how, message, got: item.text });
    return;
  }
}

function denialOf({ source, target, ports }: Pair, judging: Judging): Denial | undefined {
  return deniedAt('Egress', source, target, ports, judging) ?? deniedAt('Ingress', target, source, ports, judging);
}

interface Denial {
  readonly rail: GuardRail;
  readonly ports: PortSet;
}

/** The rules of one end in their order: the first that matches a port decides it. */
function deniedAt(
  direction: Direction,
  self: Workload,
  other: Workload | IpRange,
  ports: PortSet,
  { rails, cluster }: Judging,
): Denial | undefined {
  let left = ports;
  for (const rail of rails) {
    if (rail.direction !== direction || !isOf(cluster, rail.subject, self)) continue;
    if (!rail.peers.some((peer) => isPeer(cluster, peer, other))) continue;
    const hit = intersect(left, rail.ports);
    if (isEmpty(hit)) continue;
    if (rail.action === 'deny') return { rail, ports: hit };
    left = subtract(left, rail.ports);
  }
  return undefined;
}

function isOf(cluster: Cluster, { namespaceSelector, podSelector }: GuardRail['subject'], workload: Workload): boolean {
  const end = endpointOf(cluster, workload);
  return end.kind === 'pod' && selects(namespaceSelector, end.namespaceLabels) && selects(podSelector, end.labels);
}

/** A range is a peer where all of it is: what a rule denies of it only in part is what such rules are for. */
function isPeer(cluster: Cluster, peer: GuardRail['peers'][number], other: Workload | IpRange): boolean {
  if ('network' in other) {
    const range = peer.kind === 'ipBlock' ? parseIpRange(peer.cidr) : undefined;
    return range !== undefined && containsRange(range, other);
  }
  if (peer.kind === 'ipBlock') return false;
  return isOf(cluster, { ...peer, namespaceSelector: peer.namespaceSelector ?? [] }, other);
}

/** Ranges that workloads may connect to by a rule of their own. */
function judgeRanges(judging: Judging): void {
  for (const [workload, { Egress }] of judging.connections.workloads) {
    for (const { peer, ports, origins } of Egress.values()) {
      const range = peer !== 'all' && peer.kind === 'ipBlock' ? parseIpRange(peer.cidr) : undefined;
      const denial = range && deniedAt('Egress', workload, range, ports, judging);
      if (denial === undefined) continue;
      const message = `declares what the rule "${denial.rail.name}" of clusterWide denies: ${[...origins].join(', ')}`;
      judging.report({ ...placeOf(workload.resource), ...OF_A_SET, message });
    }
  }
}
