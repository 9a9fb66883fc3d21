import type { Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { PortSet } from '../model/port.ts';
import type { Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { covers, intersect, isEmpty, subtract, union } from '../policy/port-set.ts';
import { portsOf } from '../policy/rule-set.ts';
import { reportClosedDoor } from './closed-door.ts';
import type { Cluster } from './cluster.ts';
import type { Connections, Spoken, SpokenSet } from './connections.ts';
import { formatPorts } from './door-item.ts';
import { endpointOf, sourcesOf } from './endpoint.ts';
import type { Isolation } from './isolation.ts';
import { membersOf } from './resolve-item.ts';
import { nameOf, peersOfSubject, type Subject } from './subject.ts';
import type { Voices } from './voice.ts';

/** The ports that one end of a connection lets pass, by the finished policies. */
export type AllowedAtEnd = (direction: Direction, source: Endpoint, destination: Endpoint) => PortSet;

/** What doors are judged with. */
export interface Judging {
  readonly cluster: Cluster;
  readonly isolation: Isolation;
  readonly connections: Connections;
  readonly voices: Voices;
  readonly allowedAtEnd: AllowedAtEnd;
  readonly report: Report;
}

/** How many members of a set are looked at for one that is closed: enough for an info, whatever the input's size. */
const MEMBERS_LOOKED_AT = 200;

/** Reports the asks whose door stays closed, the grants that nobody can use, and sets with closed members. */
export function judgeDoors(judging: Judging): void {
  const { connections } = judging;
  for (const ask of connections.asks) judgeAsk(ask, judging);
  for (const grant of connections.grants) judgeGrant(grant, judging);
  for (const ask of connections.setAsks) judgeSetAsk(ask, judging);
}

function judgeAsk(ask: Spoken, judging: Judging): void {
  const { isolation, connections } = judging;
  if (judging.cluster.onlyAdds && ask.opensDoors) return;
  // No door can name pods without labels; that is reported where they are.
  if (ask.subject.kind !== 'namespace' && ask.subject.workloads.some(({ selector }) => selector.length === 0)) return;
  // Each workload is a door of its own: calls to a Service land on any of those behind it.
  for (const [target, wanted] of ask.ports) {
    if (!isolation.closed(target, 'Ingress') || connections.unread.has(target)) continue;
    const open = openPorts(ask.subject, target, wanted, judging);
    if (covers(open, wanted)) continue;
    const ports = missing(wanted, open);
    if (ask.portsWritten || isEmpty(open)) {
      reportClosedDoor({ ask, target, ports, isGranted: isGranted(ask.subject, target, ports, judging) }, judging);
    } else reportPartlyClosed(ask, target, ports, judging);
  }
}

/** The wanted ports on which a target lets every pod of the subject in. */
function openPorts(subject: Subject, target: Workload, wanted: PortSet, judging: Judging): PortSet {
  // The grant that names the caller is the usual case, and needs no look at the other rules.
  if (judging.cluster.onlyAdds && isGranted(subject, target, wanted, judging)) return wanted;
  const destination = endpointOf(judging.cluster, target);
  return sourcesOf(subject, judging.cluster).reduce<PortSet>(
    (open, source) => intersect(open, judging.allowedAtEnd('Ingress', source, destination)),
    wanted,
  );
}

function isGranted(subject: Subject, target: Workload, wanted: PortSet, { connections }: Judging): boolean {
  const own = connections.workloads.get(target)?.Ingress;
  const named = peersOfSubject(subject, target.namespace);
  return named.length > 0 && named.every((peer) => covers(portsOf(own, peer), wanted));
}

function missing(wanted: PortSet, open: PortSet): PortSet {
  return wanted === 'all' ? 'all' : subtract(wanted, open);
}

function reportPartlyClosed(ask: Spoken, target: Workload, ports: PortSet, { report }: Judging): void {
  const message = `reaches only some ports of "${ask.item.text}": ${nameOf(target.resource)} does not let it in on ${formatPorts(ports)}`;
  report({ ...ask.list.place, code: 'partly-closed', severity: 'info', message, got: ask.item.text });
}

/** A grant is of use when the caller may leave: its egress is open, or some policy lets it out. */
function judgeGrant(grant: Spoken, judging: Judging): void {
  const { cluster, isolation, allowedAtEnd, connections, report } = judging;
  for (const source of grant.peer.workloads) {
    if (!isolation.closed(source, 'Egress')) continue;
    const rules = connections.workloads.get(source)?.Egress;
    const leaves = [...grant.ports].some(([target, ports]) => {
      const named = peersOfSubject(
        { ...grant.subject, kind: 'workloads', workloads: [target], service: undefined },
        source.namespace,
      );
      if (cluster.onlyAdds && named.some((peer) => !isEmpty(intersect(portsOf(rules, peer), ports)))) return true;
      return !isEmpty(
        intersect(ports, allowedAtEnd('Egress', endpointOf(cluster, source), endpointOf(cluster, target))),
      );
    });
    if (leaves || grant.ports.size === 0) continue;
    const message = `is not used: the egress of ${nameOf(source.resource)} is closed, and nothing lets it out to ${nameOf(grant.subject.resource)}`;
    report({ ...grant.list.place, code: 'unused-grant', severity: 'info', message, got: grant.item.text });
  }
}

/** None where a name is asked for that the member has no port of. */
function wantedOf({ ports, perWorkload }: SpokenSet, member: Workload): PortSet {
  return union(ports, perWorkload.get(member) ?? []);
}

function judgeSetAsk(ask: SpokenSet, judging: Judging): void {
  const { cluster, isolation, report } = judging;
  const closed = membersOf(cluster, ask.peer, ask.subject.namespace)
    .filter((member) => isolation.closed(member, 'Ingress') && !isEmpty(wantedOf(ask, member)))
    .slice(0, MEMBERS_LOOKED_AT)
    .find((member) => isEmpty(openPorts(ask.subject, member, wantedOf(ask, member), judging)));
  if (closed === undefined) return;
  const message =
    `opens its own side only: of "${ask.item.text}" at least ${nameOf(closed.resource)} does not let it in, ` +
    'since a set speaks for one end';
  report({ ...ask.list.place, code: 'closed-members', severity: 'info', message, got: ask.item.text });
}
