import type { Config } from '../../model/config.ts';
import type { Item, Keyword } from '../../model/declaration.ts';
import type { Voice } from '../voice.ts';
import type { Finished } from './warning.ts';

/**
 * `internet` in an allow-from whose pods are behind a balancer that hides the caller: the address that arrives is a
 * node's, which is private.
 */
export function warnInternetThroughNodes(finished: Finished): void {
  for (const voice of finished.voices.voices) if (admitsInternet(voice, finished)) warnVoice(voice, finished);
}

/** The list lets in the internet, and does not make up for it with the nodes, or everybody. */
function admitsInternet({ list }: Voice, { cluster }: Finished): boolean {
  if (list.direction === 'Egress') return false;
  const keywords = new Set(list.items.flatMap((item) => keywordsOf(item, cluster.config)));
  return keywords.has('internet') && !keywords.has('nodes') && !keywords.has('anywhere');
}

/** The keyword of an item, or those of the alias that it names. */
function keywordsOf({ peer }: Item, config: Config): Keyword[] {
  if (peer.kind === 'keyword') return [peer.keyword];
  if (peer.kind !== 'name' || peer.local) return [];
  const name = peer.namespace === undefined ? peer.name : `${peer.namespace}/${peer.name}`;
  const meant = config.peers.find((alias) => alias.name === name)?.peers ?? [];
  const items = meant.flatMap((alias) => (alias.kind === 'items' ? alias.items : []));
  return items.flatMap((item) => (item.peer.kind === 'keyword' ? [item.peer.keyword] : []));
}

function warnVoice({ subject, list }: Voice, { cluster, report }: Finished): void {
  const workloads =
    subject.kind === 'namespace' ? (cluster.workloadsIn.get(subject.namespace) ?? []) : subject.workloads;
  const services = new Set(workloads.flatMap((workload) => cluster.servicesOf.get(workload) ?? []));
  for (const { type, externalTrafficPolicyLocal, resource } of services) {
    if ((type !== 'LoadBalancer' && type !== 'NodePort') || externalTrafficPolicyLocal) continue;
    const message =
      `lets in the internet, but behind Service ${resource.name} of type ${type} a node's address may arrive, which is private: ` +
      'set externalTrafficPolicy: Local on it, or add nodes to the list';
    report({ ...list.place, code: 'internet-through-nodes', severity: 'warning', message });
  }
}
