import { DIRECTIONS } from '../../model/direction.ts';
import type { Peer } from '../../model/network-policy.ts';
import type { PortSet } from '../../model/port.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import { intersect, isEmpty, unionAll } from '../../policy/port-set.ts';
import { portsOfRule } from '../../policy/ports-of-rule.ts';
import { allowing } from '../../policy/rules-of.ts';
import { type Cluster, namespaceLabels } from '../cluster.ts';
import type { Spoken, SpokenSet } from '../connections.ts';
import { endpointOf } from '../endpoint.ts';
import { membersOf } from '../resolve-item.ts';
import type { PodSetPeer } from '../resolved.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** Pods on the host's network have the node's address: policies neither bind them nor know them as peers. */
export function warnHostNetwork(finished: Finished): void {
  if (!finished.cluster.workloads.some(({ hostNetwork }) => hostNetwork)) return;
  warnSubjects(finished);
  const { asks, grants, setAsks, setGrants } = finished.connections;
  const whole = namespacesOnHost(finished.cluster);
  for (const ask of [...asks, ...setAsks]) {
    warnPeer(ask, 'what listens there is reached at the address of a node', whole, finished);
  }
  for (const grant of [...grants, ...setGrants]) {
    warnPeer(grant, FROM_NODES, whole, finished);
  }
  for (const ask of asks) warnAsker(ask, finished);
}

const FROM_NODES = 'what comes from there carries the address of a node';

/** Namespaces all of whose workloads are on the network of their nodes. */
function namespacesOnHost({ workloadsIn }: Cluster): ReadonlySet<string> {
  const found = [...workloadsIn].filter(([, workloads]) => workloads.every(({ hostNetwork }) => hostNetwork));
  return new Set(found.map(([name]) => name));
}

function warnSubjects({ cluster, isolation, report }: Finished): void {
  const isClosed = (workload: Workload): boolean =>
    DIRECTIONS.some((direction) => isolation.closes(workload, direction));
  for (const { resource } of cluster.workloads.filter((each) => each.hostNetwork && isClosed(each))) {
    const message = 'stays open: it is on the network of its nodes, where most network plugins do not enforce policies';
    report({ ...placeOf(resource), code: 'host-network', severity: 'warning', message });
  }
}

type Saying = Pick<SpokenSet, 'peer' | 'subject' | 'list' | 'item'>;

function warnPeer(
  { peer, subject, list, item }: Saying,
  why: string,
  whole: ReadonlySet<string>,
  { cluster, report }: Finished,
): void {
  // A broad set means other pods as well, unless there are none; labels mean these.
  if (peer.kind === 'podSet' && peer.podSelector.length === 0 && !isOnHost(peer, subject.namespace, whole, cluster))
    return;
  const [onHost] = membersOf(cluster, peer, subject.namespace).filter(({ hostNetwork }) => hostNetwork);
  if (onHost === undefined) return;
  if (onHost.isKnownByNode && peer.kind === 'object') {
    const everything =
      `names pods on the network of their nodes, got "${item.text}", which are known by their node: ` +
      'the rule is for everything on the network of a node';
    report({ ...list.place, code: 'known-by-node', severity: 'info', message: everything, got: item.text });
    return;
  }
  const message =
    `names pods on the network of their nodes, got "${item.text}": ${why}, which the labels of ${nameOf(onHost.resource)} ` +
    'do not match in most network plugins. Write nodes or a CIDR beside it';
  report({ ...list.place, code: 'host-network', severity: 'warning', message, got: item.text });
}

/** Whether all that a set of whole namespaces finds is on the network of its nodes. The whole cluster has pods elsewhere. */
function isOnHost(
  { namespaceSelector }: PodSetPeer,
  viewer: string,
  whole: ReadonlySet<string>,
  cluster: Cluster,
): boolean {
  if (namespaceSelector === undefined) return whole.has(viewer);
  if (whole.size === 0 || namespaceSelector.length === 0) return false;
  const names = [...cluster.workloadsIn.keys()].filter((name) =>
    selects(namespaceSelector, namespaceLabels(cluster, name)),
  );
  return names.length > 0 && names.every((name) => whole.has(name));
}

/** An ask of such pods, whose labels open nothing at the other end. */
function warnAsker({ subject, list, item, ports }: Spoken, finished: Finished): void {
  if (subject.kind === 'namespace') return;
  const asker = subject.workloads.find(({ hostNetwork, isKnownByNode }) => hostNetwork && !isKnownByNode);
  if (asker === undefined) return;
  const [shut] = [...ports].find(([target, wanted]) => isShutToNodes(target, wanted, finished)) ?? [];
  if (shut === undefined) return;
  const { cluster, report } = finished;
  const message =
    `names pods that do not let the network of a node in, got "${item.text}": ${FROM_NODES}, which the labels of ` +
    `${nameOf(asker.resource)} do not match in most network plugins. Write nodes or a CIDR in ` +
    `${cluster.config.annotationPrefix}allow-from of ${nameOf(shut.resource)}`;
  report({ ...list.place, code: 'host-network', severity: 'warning', message, got: item.text });
}

function isShutToNodes(target: Workload, wanted: PortSet, { cluster, isolation, opening }: Finished): boolean {
  if (target.hostNetwork || !isolation.closed(target, 'Ingress')) return false;
  const open = opening('Ingress', endpointOf(cluster, target))
    .flatMap(({ ingress }) => allowing(ingress))
    .filter(({ peers }) => peers === 'all' || peers.some(mayBeNodes))
    .map((rule) => portsOfRule(rule, target.ports));
  return isEmpty(intersect(unionAll(open), wanted));
}

/** Whether a peer may have meant nodes. A range with exceptions is the internet, which leaves private addresses out. */
function mayBeNodes(peer: Peer): boolean {
  if (peer.kind === 'entity') return ENTITIES_WITH_NODES.has(peer.entity);
  return peer.kind === 'ipBlock' && peer.except.length === 0;
}

const ENTITIES_WITH_NODES: ReadonlySet<string> = new Set(['all', 'cluster', 'host', 'remote-node', 'nodes']);
