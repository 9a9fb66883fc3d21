import { peerKey } from '../../policy/peer.ts';
import { nameOf, peersOfSubject } from '../subject.ts';
import type { Finished } from './warning.ts';

/** An ask that opens a door whose owner keeps a list without it: right under `trust`, but worth an info. */
export function noteExtendedLists({ connections, isolation, report }: Finished): void {
  for (const { subject, list, item, ports } of connections.asks) {
    const speaker = `${nameOf(list.subject)} `;
    for (const [target] of ports) {
      if (!isolation.hasList(target, 'Ingress')) continue;
      const rules = connections.workloads.get(target)?.Ingress;
      const extended = peersOfSubject(subject, target.namespace).some((peer) => {
        const origins = rules?.get(peerKey(peer))?.origins;
        return origins !== undefined && [...origins].every((origin) => origin.startsWith(speaker));
      });
      if (!extended) continue;
      const message = `opens ${nameOf(target.resource)}, which has a list of its own without "${item.text}"'s caller`;
      report({ ...list.place, code: 'extended-list', severity: 'info', message, got: item.text });
    }
  }
}
