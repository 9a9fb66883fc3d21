import type { Item } from '../model/declaration.ts';
import { says } from '../model/dialect.ts';
import type { Place, Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { parseIpAddress } from '../policy/ip-range.ts';
import { selectorKey } from '../policy/selector.ts';
import type { Cluster } from './cluster.ts';
import { frontOfEndpoints } from './endpoints-front.ts';
import { ipBlock } from './ip-blocks.ts';
import type { Named } from './name-index.ts';
import type { OutsidePeer, ResolvedPeer } from './resolved.ts';
import { nameOf } from './subject.ts';

/**
 * The one object that a name means, from the candidates that are left: a workload before a Service. Several are an
 * error, never the union, unless they share their pods.
 */
export function resolveObject(
  candidates: readonly Named[],
  item: Item,
  cluster: Cluster,
  place: Place,
  report: Report,
): ResolvedPeer | undefined {
  const first = candidates[0];
  if (first === undefined) return undefined;
  if (candidates.length > 1 && !sharePods(candidates.map((named) => podsOfNamed(named, cluster)))) {
    reportAmbiguous(candidates, item, cluster, place, report);
    return undefined;
  }
  const named = candidates.filter(({ role }) => role === 'workload').sort(byKind);
  const [chosen = first] = named;
  const service = chosen.role === 'service' ? cluster.groupOf.get(chosen.resource)?.service : undefined;
  const workloads = service === undefined ? workloadsOf(named, cluster) : podsOfNamed(chosen, cluster);
  if (service !== undefined && workloads.length === 0) return resolveWithoutPods(service, item, cluster, place, report);
  return { kind: 'object', resource: chosen.resource, namespace: chosen.namespace, workloads, service };
}

/** A Service without a selector stands for the addresses of its endpoints; one of type ExternalName for a host. */
function resolveWithoutPods(
  service: Service,
  item: Item,
  cluster: Cluster,
  place: Place,
  report: Report,
): OutsidePeer | undefined {
  const endpoints = service.type === 'ExternalName' ? [] : cluster.endpointsOf(service);
  // An EndpointSlice may hold host names, which are no addresses.
  const addresses = endpoints.flatMap((entry) => entry.addresses).filter((text) => parseIpAddress(text) !== undefined);
  if (addresses.length > 0) {
    return {
      kind: 'outside',
      peers: addresses.map((address) => ipBlock(address.includes(':') ? `${address}/128` : `${address}/32`, [])),
      front: frontOfEndpoints(service, endpoints),
    };
  }
  const why =
    service.type === 'ExternalName'
      ? `a Service for the host "${service.externalName ?? ''}", and ${whyNotExternal(cluster)}`
      : 'a Service without a selector, and no EndpointSlice of these resources has addresses for it: ';
  report({
    ...place,
    code: service.type === 'ExternalName' ? 'host-peer' : 'no-endpoints',
    severity: 'error',
    message: `must not be "${item.text}", which is ${why}write its addresses as a CIDR`,
    got: item.text,
  });
  return undefined;
}

/** A name is learnt as it is looked up: what the host is called stays unknown. */
function whyNotExternal({ config }: Cluster): string {
  return says(config.dialect, 'hosts')
    ? 'addresses are learnt under the name that is looked up, which is that of the Service: connect to the host itself and name it, or '
    : 'NetworkPolicy knows addresses only: ';
}

/** The pods of every workload of a name, since each declares ports of its own; once where one lends another its template. */
function workloadsOf(named: readonly Named[], cluster: Cluster): readonly Workload[] {
  const only = named[0];
  if (named.length === 1 && only !== undefined) {
    const found = podsOfNamed(only, cluster);
    if (found.length < 2) return found;
  }
  const byTemplate = new Map<Resource, Workload>();
  for (const workload of named.flatMap((one) => podsOfNamed(one, cluster))) {
    const template = workload.templateFrom ?? workload.resource;
    if (!byTemplate.has(template)) byTemplate.set(template, workload);
  }
  return [...byTemplate.values()];
}

/** An order that is not the input's. */
function byKind(a: Named, b: Named): number {
  return a.resource.kind < b.resource.kind ? -1 : a.resource.kind > b.resource.kind ? 1 : 0;
}

function podsOfNamed({ resource }: Named, cluster: Cluster): readonly Workload[] {
  const group = cluster.groupOf.get(resource);
  if (group !== undefined) return group.workloads;
  const workload = cluster.workloadOf.get(resource);
  return workload === undefined ? [] : [workload];
}

/** Most often they are one workload and the Service in front of it, which share the very objects. */
function sharePods(all: readonly (readonly Workload[])[]): boolean {
  const first = all[0];
  if (first === undefined) return true;
  const isSame = (other: readonly Workload[]): boolean =>
    other.length === first.length && other.every((workload, index) => workload === first[index]);
  return all.every((other) => other === first || isSame(other) || podsKey(other) === podsKey(first));
}

/** Equal for equal pods: workloads of one namespace with one selector are the same pods. */
function podsKey(workloads: readonly Workload[]): string {
  return [...new Set(workloads.map(({ namespace, selector }) => `${namespace}/${selectorKey(selector)}`))]
    .sort()
    .join('\n');
}

function reportAmbiguous(
  candidates: readonly Named[],
  item: Item,
  cluster: Cluster,
  place: Place,
  report: Report,
): void {
  const names = candidates.map(({ resource, namespace }) => qualified(namespace, resource.name));
  const isOne = (name: string): boolean => {
    const called = candidates.filter((_, index) => names[index] === name);
    return new Set(called.map((named) => podsKey(podsOfNamed(named, cluster)))).size === 1;
  };
  const writable = candidates.flatMap((named, index) => {
    const name = names[index] ?? '';
    // The name tells it from the others, or else the labels of its pods do.
    return isOne(name) ? [name] : labelsItem(named, cluster);
  });
  const choices = [...new Set(writable)].map((text) => `"${text}"`).join(' or ');
  report({
    ...place,
    code: 'ambiguous-peer',
    severity: 'error',
    message:
      `must mean one set of pods, got "${item.text}", which may be ${candidates.map(({ resource }) => nameOf(resource)).join(' or ')}: ` +
      (choices === '' ? "give the one you mean a name in the config's peers" : `write ${choices} for the one you mean`),
    got: item.text,
  });
}

/** The item that selects an object's pods by their labels; none where the grammar cannot say its selector. */
function labelsItem(named: Named, cluster: Cluster): string[] {
  const [workload, ...more] = podsOfNamed(named, cluster);
  const group = cluster.groupOf.get(named.resource)?.service;
  const selector = group?.selector ?? (more.length === 0 ? workload?.selector : undefined) ?? [];
  const isPlain = selector.every(({ operator, values }) => operator === 'In' && values.length === 1);
  const labels = selector.map(({ key, values }) => `${key}=${values[0]}`).join('&');
  return isPlain && labels !== '' ? [qualified(named.namespace, labels)] : [];
}

function qualified(namespace: string, text: string): string {
  return namespace === '' ? text : `${namespace}/${text}`;
}
