import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import { covers, unionAll } from '../../policy/port-set.ts';
import type { Grant } from '../../policy/rule-set.ts';
import { namespaceLabels } from '../cluster.ts';
import { nameOf } from '../subject.ts';
import { trusts } from '../trust.ts';
import type { Finished } from './warning.ts';

/** An ask that opens a door whose owner keeps a list without it: right under `trust`, but worth an info. */
export function noteExtendedLists(finished: Finished): void {
  const { cluster, connections, isolation, voices, report } = finished;
  const own = new Map<Workload, readonly Grant[]>();
  for (const { subject, list, item, ports } of connections.asks) {
    for (const [target, wanted] of ports) {
      if (!isolation.hasList(target, 'Ingress') || subject.kind === 'namespace') continue;
      const said = own.get(target) ?? grantsOfOwner(target, finished);
      own.set(target, said);
      const isSaid = subject.workloads.every((source) =>
        covers(unionAll(admitting(said, source, target, finished)), wanted),
      );
      if (isSaid || !trusts(cluster, voices.settings, target, 'Ingress', subject.namespace)) continue;
      const message =
        `opens ${nameOf(target.resource)} to ${nameOf(subject.resource)}, ` +
        'which the list there does not name; its trust takes the word of either end';
      report({ ...list.place, code: 'extended-list', severity: 'info', message, got: item.text });
    }
  }
}

/** What the target's own list, and those of its Services, say. */
function grantsOfOwner(target: Workload, { connections, cluster }: Finished): Grant[] {
  const owners = [target, ...(cluster.servicesOf.get(target) ?? [])].map(({ resource }) => `${nameOf(resource)} `);
  const grants = [...(connections.workloads.get(target)?.Ingress.values() ?? [])];
  return grants.filter(({ origins }) => origins.some((origin) => owners.some((owner) => origin.startsWith(owner))));
}

/** The ports of the grants that let a source in. */
function admitting(
  grants: readonly Grant[],
  source: Workload,
  target: Workload,
  { cluster }: Finished,
): Grant['ports'][] {
  return grants.filter(({ peer }) => admits(peer)).map(({ ports }) => ports);

  function admits(peer: Grant['peer']): boolean {
    if (peer === 'all') return true;
    if (peer.kind !== 'pods' || !selects(peer.podSelector, source.labels)) return false;
    return peer.namespaceSelector === undefined
      ? source.namespace === target.namespace
      : selects(peer.namespaceSelector, namespaceLabels(cluster, source.namespace));
  }
}
