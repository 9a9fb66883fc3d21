import type { Peer } from '../../model/network-policy.ts';
import type { PortSet } from '../../model/port.ts';
import { placeOf } from '../../model/problem.ts';
import type { Service } from '../../model/service.ts';
import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import { intersect, isEmpty, meets, unionAll } from '../../policy/port-set.ts';
import { portsOfRule } from '../../policy/ports-of-rule.ts';
import { allowing } from '../../policy/rules-of.ts';
import { endpointOf } from '../endpoint.ts';
import { isForProxy } from '../mesh/is-for-proxy.ts';
import { nameOf } from '../subject.ts';
import { defaultPorts } from '../target-ports.ts';
import type { Finished } from './warning.ts';

/**
 * Pods that Postern closes for ingress although something is there to call them: a Service, an Ingress, a route, a
 * webhook. Silent where their owner said `none`.
 */
export function warnUnreachable(finished: Finished): void {
  const { cluster, isolation, voices } = finished;
  const refusers = new Set(
    voices.voices
      .filter(({ list }) => list.direction === 'Ingress' && list.items.some(isNone))
      .flatMap(({ subject }) => (subject.kind === 'namespace' ? [] : subject.workloads)),
  );
  // Where policies only add, and no proxy is let in beside the callers, what the lists open is open.
  const isOpenAsSaid = finished.membership === undefined && voices.requests.length === 0 && cluster.onlyAdds;
  for (const workload of cluster.workloads) {
    if (!isolation.closes(workload, 'Ingress') || refusers.has(workload)) continue;
    const services = cluster.servicesOf.get(workload) ?? [];
    if (services.length === 0 && !workload.viaGateway) continue;
    if (isOpenAsSaid && services.length > 0 && services.every((each) => isOpenByLists(workload, each, finished)))
      continue;
    const open = openIngress(workload, finished);
    if (isEmpty(open)) reportUnreachable(workload, services, finished);
    else for (const service of services) warnService(workload, service, open, finished);
  }
}

/** The usual case, which needs no look at the policies: some list lets somebody in on a port of an inner Service. */
function isOpenByLists(workload: Workload, service: Service, { connections }: Finished): boolean {
  const grants = connections.workloads.get(workload)?.Ingress;
  if (grants === undefined || service.type === 'LoadBalancer' || service.type === 'NodePort') return false;
  const ports = defaultPorts({ workload, services: [service], named: service });
  for (const grant of grants.values()) if (meets(grant.ports, ports)) return true;
  return false;
}

/** One Service of pods that somebody may reach. */
function warnService(workload: Workload, service: Service, open: PortSet, finished: Finished): void {
  const ports = defaultPorts({ workload, services: [service], named: service });
  if (isEmpty(ports)) return;
  if (isEmpty(intersect(open, ports))) reportClosedService(workload, service, finished);
  else if (service.type === 'LoadBalancer' || service.type === 'NodePort') {
    if (!isOpenToAddresses(workload, ports, finished)) reportClosedOutside(service, finished);
  }
}

/** A Service whose ports stay closed while its pods are open on others. */
function reportClosedService(workload: Workload, service: Service, finished: Finished): void {
  const message =
    `is closed to everybody: ${nameOf(workload.resource)} is isolated, and its lists open none of this Service's ports. ` +
    `${saidBy(service, finished)}`;
  finished.report({ ...placeOf(service.resource), code: 'closed-service', severity: 'warning', message });
}

/** Callers from outside the cluster come with an address. */
function reportClosedOutside({ resource, type }: Service, { cluster, report }: Finished): void {
  const message =
    `is of type ${type}, but no address from outside may reach its pods: say so in ` +
    `${cluster.config.annotationPrefix}allow-from, as in "internet", a CIDR or "anywhere"`;
  report({ ...placeOf(resource), code: 'closed-outside', severity: 'warning', message });
}

function isOpenToAddresses(workload: Workload, ports: PortSet, { cluster, membership, opening }: Finished): boolean {
  return opening('Ingress', endpointOf(cluster, workload))
    .flatMap(({ ingress }) => allowing(ingress))
    .filter((rule) => !isForProxy(rule, membership))
    .filter(({ peers }) => peers === 'all' || peers.some(isOutside))
    .some((rule) => !isEmpty(intersect(portsOfRule(rule, workload.ports), ports)));
}

function isOutside(peer: Peer): boolean {
  return peer.kind === 'ipBlock' || (peer.kind === 'entity' && (peer.entity === 'world' || peer.entity === 'all'));
}

function reportUnreachable(workload: Workload, services: readonly Service[], finished: Finished): void {
  const { cluster, report } = finished;
  const callers = services.flatMap((service) => callersOf(service, finished));
  const gateways = workload.viaGateway ? ["Knative's gateways"] : [];
  const names = callers.length > 0 ? callers : [...services.map(({ resource }) => nameOf(resource)), ...gateways];
  const via = [...new Set(names)].sort();
  const leads = via.length === 1 && gateways.length === 0 ? 'leads' : 'lead';
  const what =
    workload.origin === 'service'
      ? 'has pods that are isolated for ingress, and nobody may reach them'
      : `is isolated for ingress, and nobody may reach it, though ${via.join(', ')} ${leads} to it`;
  const list = workload.origin === 'config' ? 'allowFrom' : `${cluster.config.annotationPrefix}allow-from`;
  const message = `${what}: say who calls it in ${list}, or "none"`;
  report({ ...placeOf(workload.resource), code: 'unreachable', severity: 'warning', message });
}

function saidBy(service: Service, finished: Finished): string {
  const callers = callersOf(service, finished);
  const prefix = finished.cluster.config.annotationPrefix;
  const who = callers.length === 0 ? '' : ` (${callers.join(', ')} calls it)`;
  return `Say who calls it in ${prefix}allow-from${who}, or "none"`;
}

/** Ingresses, routes, webhooks and monitors that send traffic to a Service. */
function callersOf(service: Service, { callers }: Finished): string[] {
  const named = callers.filter(({ namespace, target }) => {
    if (namespace !== undefined && namespace !== service.namespace) return false;
    if ('pods' in target) return false;
    return 'service' in target
      ? target.service === service.resource.name
      : selects(target.selector, service.resource.labels);
  });
  return [...new Set(named.map(({ resource }) => nameOf(resource)))].sort();
}

/** The ports on which anybody at all may reach a workload's pods. */
function openIngress(workload: Workload, { cluster, membership, opening }: Finished): PortSet {
  const open: PortSet[] = [];
  for (const { ingress } of opening('Ingress', endpointOf(cluster, workload))) {
    // A probe or a reader of the proxy's metrics is nobody who calls the application.
    for (const rule of allowing(ingress))
      if (!isForProxy(rule, membership)) open.push(portsOfRule(rule, workload.ports));
  }
  return unionAll(open);
}

function isNone({ peer }: { readonly peer: { readonly kind: string; readonly keyword?: string } }): boolean {
  return peer.kind === 'keyword' && peer.keyword === 'none';
}
