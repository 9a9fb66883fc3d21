import type { Voice } from '../voice.ts';
import type { Finished } from './warning.ts';

/**
 * `internet` in an allow-from whose pods are behind a balancer that hides the caller: the address that arrives is a
 * node's, which is private.
 */
export function warnInternetThroughNodes(finished: Finished): void {
  for (const voice of finished.voices.voices) if (admitsInternet(voice)) warnVoice(voice, finished);
}

function admitsInternet({ list }: Voice): boolean {
  return (
    list.direction === 'Ingress' &&
    list.items.some(({ peer }) => peer.kind === 'keyword' && peer.keyword === 'internet')
  );
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
