import type { Endpoint } from '../../model/flow.ts';
import { intersect, isEmpty } from '../../policy/port-set.ts';
import { nameSelected, namespaceLabels } from '../cluster.ts';
import type { SpokenSet } from '../connections.ts';
import { sourcesOf } from '../endpoint.ts';
import { selectWorkloads } from '../label-index.ts';
import { certainLabels } from '../stand-in.ts';
import type { Finished, Warning } from './warning.ts';

/**
 * Lists that mean pods by labels which nothing in the input has, in a namespace that Postern closes as a whole: the
 * caller is let out, and no policy is written that would let it in.
 */
export const warnAbsentPods: Warning = (finished) => {
  for (const ask of finished.connections.setAsks) {
    const pods = podsAbsent(ask, finished);
    if (pods !== undefined && isCut(ask, pods, finished)) reportAbsent(ask, pods, finished);
  }
};

type Pods = Extract<Endpoint, { kind: 'pod' }>;

/** The pods of an item as far as its selector tells, where they are closed and none of them is in the input. */
function podsAbsent({ peer, subject }: SpokenSet, { cluster, isolation }: Finished): Pods | undefined {
  // Whoever names a whole namespace, or labels in any, need not mean pods that nobody described.
  if (peer.kind !== 'podSet' || peer.podSelector.length === 0) return undefined;
  const namespace = peer.namespaceSelector === undefined ? subject.namespace : nameSelected(peer.namespaceSelector);
  if (namespace === undefined || !isolation.wholeNamespace(namespace, 'Ingress')) return undefined;
  if (selectWorkloads(cluster.labelIndex, namespace, peer.podSelector).length > 0) return undefined;
  const labels = certainLabels(peer.podSelector);
  return { kind: 'pod', namespace, labels, namespaceLabels: namespaceLabels(cluster, namespace), ports: [] };
}

/** Whether some caller is let in on none of the ports that it asks for: by a policy by hand, or a Namespace's list. */
function isCut({ subject, ports }: SpokenSet, pods: Pods, { cluster, allowedAtEnd }: Finished): boolean {
  if (isEmpty(ports)) return false;
  return sourcesOf(subject, cluster).some((source) => isEmpty(intersect(allowedAtEnd('Ingress', source, pods), ports)));
}

function reportAbsent({ list, item }: SpokenSet, { namespace }: Pods, { report }: Finished): void {
  // Without the caller: a list of the config speaks for many, and is told of once.
  const message =
    `means pods that are not in these resources, got "${item.text}": the policy for all pods of "${namespace}" closes ` +
    "them, and nothing here lets in whoever this list is for. Give them an entry in the config's pods, and write its name " +
    'here: a set speaks for one end, a name for both';
  report({ ...list.place, code: 'absent-pods', severity: 'warning', message, got: item.text });
}
