import { DIRECTIONS } from '../../model/direction.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import type { SpokenSet } from '../connections.ts';
import { membersOf } from '../resolve-item.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** Pods on the host's network have the node's address: policies neither bind them nor know them as peers. */
export function warnHostNetwork(finished: Finished): void {
  if (!finished.cluster.workloads.some(({ hostNetwork }) => hostNetwork)) return;
  warnSubjects(finished);
  const { asks, grants, setAsks, setGrants } = finished.connections;
  for (const ask of [...asks, ...setAsks]) {
    warnPeer(ask, 'what listens there is reached at the address of a node', finished);
  }
  for (const grant of [...grants, ...setGrants]) {
    warnPeer(grant, 'what comes from there carries the address of a node', finished);
  }
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

function warnPeer({ peer, subject, list, item }: Saying, why: string, { cluster, report }: Finished): void {
  // A broad set means other pods as well; labels mean these.
  if (peer.kind === 'podSet' && peer.podSelector.length === 0) return;
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
