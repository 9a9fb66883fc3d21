import type { Config } from '../model/config.ts';
import { says } from '../model/dialect.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { Resource, StringMap } from '../model/resource.ts';
import type { Resources } from '../model/resources.ts';
import type { Endpoints, Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { selects } from '../policy/match-labels.ts';
import { NAMESPACE_NAME, selectorKey } from '../policy/selector.ts';
import { isPlain } from '../policy/subjects-of.ts';
import { indexLabels, type LabelIndex, selectWorkloads } from './label-index.ts';
import { podsEntryWorkload, serviceWorkload } from './stand-in.ts';

/**
 * Another name for workloads: an entry of the config's `pods` or a Service, for those that its selector finds; the
 * Deployment that lends a Rollout its template, for the Rollout.
 */
export interface Group {
  readonly resource: Resource;
  readonly namespace: string;
  readonly workloads: readonly Workload[];
  /** undefined where it is not a Service. */
  readonly service: Service | undefined;
}

/** The input as rules see it, with the indexes that keep every look-up short. */
export interface Cluster {
  readonly config: Config;
  /** Every workload that may be a subject: templates, then those that stand for pods without a template here. */
  readonly workloads: readonly Workload[];
  readonly groups: readonly Group[];
  readonly groupOf: ReadonlyMap<Resource, Group>;
  readonly workloadOf: ReadonlyMap<Resource, Workload>;
  readonly servicesOf: ReadonlyMap<Workload, readonly Service[]>;
  readonly endpointsOf: (service: Service) => readonly Endpoints[];
  /** Namespace objects by name. */
  readonly namespaces: ReadonlyMap<string, Resource>;
  /** Labels of a namespace as selectors see them. */
  readonly labelsOf: (namespace: string) => StringMap;
  readonly workloadsIn: ReadonlyMap<string, readonly Workload[]>;
  readonly labelIndex: LabelIndex;
  /** Policies that others wrote. */
  readonly handWritten: readonly NetworkPolicy[];
  /** All of those are plain ones, which only add: policies of other APIs may deny. */
  readonly onlyAdds: boolean;
  /** Objects of the kinds that are written: nothing else may have their names. */
  readonly named: readonly Resource[];
}

/** Builds the indexes. `handWritten` are the policies of the input that this run neither replaces nor removes. */
export function buildCluster(resources: Resources, config: Config, handWritten: readonly NetworkPolicy[]): Cluster {
  const read = knownByNode(resources.workloads, config);
  const present = read.filter(notOwned(read));
  const lenders = lenderGroups(present);
  const lent = new Set(lenders.map(({ resource }) => resource));
  const templates = present.filter(({ resource }) => !lent.has(resource));
  const templateIndex = indexLabels(templates);
  const entries = config.pods.map((entry) => podsEntryWorkload(entry, config));
  const entryGroups = entries.map((standIn) => groupOfEntry(standIn, templateIndex));
  const known = [...templates, ...standInsOf(entryGroups)];
  const knownIndex = known.length === templates.length ? templateIndex : indexLabels(known);
  const shared = new Map<string, Workload>();
  // In the order of their names, so that what stands for several Services has the same name in any order of the input.
  const serviceGroups = [...resources.services]
    .sort(byName)
    .map((service) => serviceGroup(service, knownIndex, shared));
  const isNew = ({ origin }: Workload): boolean => origin === 'service';
  const workloads = [...known, ...new Set(standInsOf(serviceGroups).filter(isNew))];
  const groups = [...entryGroups, ...lenders, ...serviceGroups];
  const namespaces = new Map(resources.namespaces.map(({ resource }) => [resource.name, resource]));
  return {
    config,
    workloads,
    groups,
    groupOf: new Map(groups.map((group) => [group.resource, group])),
    workloadOf: new Map(workloads.map((workload) => [workload.resource, workload])),
    servicesOf: servicesByWorkload(serviceGroups),
    endpointsOf: endpointsByService(resources.endpoints),
    namespaces,
    labelsOf: memoized((namespace) => labelsOfNamespace(namespaces, namespace)),
    workloadsIn: groupBy(workloads, ({ namespace }) => namespace),
    labelIndex: workloads.length === known.length ? knownIndex : indexLabels(workloads),
    handWritten,
    onlyAdds: handWritten.every(isPlain),
    named: resources.named,
  };
}

/** Tells the pods whose labels the dialect does not know, since they have the identity of their node. */
function knownByNode(workloads: readonly Workload[], { dialect }: Config): readonly Workload[] {
  if (!says(dialect, 'nodes')) return workloads;
  return workloads.map((workload) => (workload.hostNetwork ? { ...workload, isKnownByNode: true } : workload));
}

/** Labels of a namespace as selectors see them. Of one whose object is not in the input only the name is known. */
export function namespaceLabels({ labelsOf }: Cluster, namespace: string): StringMap {
  return labelsOf(namespace);
}

function labelsOfNamespace(namespaces: Cluster['namespaces'], namespace: string): StringMap {
  const written = namespaces.get(namespace)?.labels ?? {};
  return namespace === '' ? written : { ...written, [NAMESPACE_NAME]: namespace };
}

/** The workloads that a peer's selectors find, seen from a policy of `viewer`. */
export function workloadsSelected(
  cluster: Cluster,
  namespaceSelector: LabelSelector | undefined,
  podSelector: LabelSelector,
  viewer: string,
): readonly Workload[] {
  if (namespaceSelector === undefined) return selectWorkloads(cluster.labelIndex, viewer, podSelector);
  const named = nameSelected(namespaceSelector);
  if (named !== undefined) return selectWorkloads(cluster.labelIndex, named, podSelector);
  return [...cluster.workloadsIn.keys()]
    .filter((namespace) => selects(namespaceSelector, namespaceLabels(cluster, namespace)))
    .flatMap((namespace) => selectWorkloads(cluster.labelIndex, namespace, podSelector));
}

/** The one namespace that a selector finds by its name. */
export function nameSelected([only, ...more]: LabelSelector): string | undefined {
  if (only?.operator !== 'In' || only.key !== NAMESPACE_NAME || only.values.length !== 1) return undefined;
  return more.length === 0 ? only.values[0] : undefined;
}

/** An object whose controller is in the input has its pods described there. */
function notOwned(workloads: readonly Workload[]): (workload: Workload) => boolean {
  if (workloads.every(({ controller }) => controller === undefined)) return () => true;
  const present = new Set(workloads.map(({ resource, namespace }) => `${resource.kind}/${namespace}/${resource.name}`));
  return ({ controller, namespace }) =>
    controller === undefined || !present.has(`${controller.kind}/${namespace}/${controller.name}`);
}

function byName({ resource: a }: Service, { resource: b }: Service): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** A Rollout takes the place of the Deployment whose template it runs: they are one workload with two names. */
function lenderGroups(workloads: readonly Workload[]): Group[] {
  const borrowers = new Map<Resource, Workload[]>();
  for (const workload of workloads) {
    if (workload.templateFrom === undefined) continue;
    borrowers.set(workload.templateFrom, [...(borrowers.get(workload.templateFrom) ?? []), workload]);
  }
  if (borrowers.size === 0) return [];
  return workloads.flatMap(({ resource, namespace }) => {
    const found = borrowers.get(resource);
    return found === undefined ? [] : [{ resource, namespace, workloads: found, service: undefined }];
  });
}

function groupOfEntry(standIn: Workload, index: LabelIndex): Group {
  const { resource, namespace, selector } = standIn;
  const found = selectWorkloads(index, namespace, selector);
  return { resource, namespace, workloads: found.length > 0 ? found : [standIn], service: undefined };
}

function serviceGroup(service: Service, index: LabelIndex, shared: Map<string, Workload>): Group {
  const { resource, namespace, selector } = service;
  if (selector === undefined || service.type === 'ExternalName') return { resource, namespace, workloads: [], service };
  const found = selectWorkloads(index, namespace, selector);
  if (found.length > 0) return { resource, namespace, workloads: found, service };
  const key = `${namespace}/${selectorKey(selector)}`;
  const standIn = shared.get(key) ?? serviceWorkload(service, selector, index);
  shared.set(key, standIn);
  return { resource, namespace, workloads: [standIn], service };
}

function standInsOf(groups: readonly Group[]): Workload[] {
  const found: Workload[] = [];
  for (const { workloads } of groups) {
    for (const workload of workloads) if (workload.origin !== 'template') found.push(workload);
  }
  return found;
}

function servicesByWorkload(groups: readonly Group[]): Map<Workload, Service[]> {
  const services = new Map<Workload, Service[]>();
  for (const { workloads, service } of groups) {
    if (service === undefined) continue;
    for (const workload of workloads) {
      const known = services.get(workload);
      if (known === undefined) services.set(workload, [service]);
      else known.push(service);
    }
  }
  return services;
}

function endpointsByService(endpoints: readonly Endpoints[]): (service: Service) => readonly Endpoints[] {
  const byName = groupBy(endpoints, ({ namespace, service }) => `${namespace}/${service}`);
  return ({ namespace, resource }) => byName.get(`${namespace}/${resource.name}`) ?? [];
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

function memoized<Value>(compute: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
