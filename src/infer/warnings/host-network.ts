import type { Place } from '../../model/problem.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** Pods on the host's network have the node's address: policies neither bind them nor know them as peers. */
export function warnHostNetwork({ voices, connections, report }: Finished): void {
  const warned = new Set<Workload>();
  for (const { subject } of voices.voices) {
    if (subject.kind === 'namespace') continue;
    for (const workload of subject.workloads.filter((each) => each.hostNetwork && !warned.has(each))) {
      warned.add(workload);
      const message =
        'is on the network of its nodes, where most network plugins do not enforce policies: its lists close nothing';
      report({ ...placeOf(workload.resource), code: 'host-network', severity: 'warning', message });
    }
  }
  for (const { peer, list, item } of [...connections.asks, ...connections.grants]) {
    for (const workload of peer.workloads.filter((each) => each.hostNetwork)) {
      warnPeer(workload, item.text, list.place);
    }
  }
  function warnPeer(workload: Workload, text: string, place: Place): void {
    const message = `names pods by labels that are on the network of their nodes, so their connections carry a node's address: ${nameOf(workload.resource)}. Use nodes or a CIDR instead`;
    report({ ...place, code: 'host-network', severity: 'warning', message, got: text });
  }
}
