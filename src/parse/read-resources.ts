import type { Caller } from '../model/caller.ts';
import type { Config } from '../model/config.ts';
import type { InputItem } from '../model/input.ts';
import { MARK } from '../model/mark.ts';
import type { Namespace } from '../model/namespace.ts';
import type { Report } from '../model/problem.ts';
import type { MarkedObject, ReadPolicy, Resources } from '../model/resources.ts';
import type { Endpoints, Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { WRITTEN_KINDS } from '../model/written-kinds.ts';
import { isCallerKind, readCallers } from './caller.ts';
import { reportDuplicates } from './duplicates.ts';
import { followNamespaces } from './follow-namespaces.ts';
import { readNetworkPolicy } from './network-policy.ts';
import { readObjects } from './objects.ts';
import { groupOf, type ReadObject } from './resource.ts';
import { readEndpointSlice, readEndpoints, readService } from './service.ts';
import { readTemplateReference, readWorkload, withTemplateOf } from './workload.ts';
import { type PodSource, WORKLOAD_KINDS } from './workload-kinds.ts';

/** What was read: the model's resources, and every object that was looked at, for its annotations. */
export interface ReadResult {
  readonly resources: Resources;
  readonly objects: readonly ReadObject[];
}

/** Lists that fill while the items are read. */
interface Building {
  readonly workloads: { readonly workload: Workload; readonly object: ReadObject }[];
  readonly services: Service[];
  readonly endpoints: Endpoints[];
  readonly namespaces: Namespace[];
  readonly policies: ReadPolicy[];
  readonly marked: MarkedObject[];
  readonly callers: Caller[];
}

type ReadKind = (building: Building, object: ReadObject, namespace: string, report: Report) => void;

/** Kinds other than workloads and callers, by `group/kind`. */
const KINDS: ReadonlyMap<string, ReadKind> = new Map<string, ReadKind>([
  ['/Namespace', (building, { resource }) => building.namespaces.push({ resource })],
  ['/Service', (building, object, namespace) => building.services.push(readService(object, namespace))],
  ['/Endpoints', (building, object, namespace) => building.endpoints.push(...readEndpoints(object, namespace))],
  ['discovery.k8s.io/EndpointSlice', pushEndpointSlice],
  ['networking.k8s.io/NetworkPolicy', pushPolicy],
  ['extensions/NetworkPolicy', pushPolicy],
]);

/** Reads the objects that matter from the input's items; the others are not even parsed. */
export function readResources(items: readonly InputItem[], config: Config, report: Report): ReadResult {
  const podSources = podSourcesOf(config);
  const isWorkload = (groupKind: string): boolean => podSources(groupKind) !== undefined;
  const reads = (groupKind: string): boolean =>
    KINDS.has(groupKind) || isWorkload(groupKind) || isCallerGroupKind(groupKind);
  const objects = followNamespaces(items.flatMap((item) => readObjects(item, reads, config.annotationPrefix, report)));
  reportDuplicates(
    objects.filter(({ resource }) => reads(`${groupOf(resource.apiVersion)}/${resource.kind}`)),
    config,
    report,
  );
  const building: Building = {
    workloads: [],
    services: [],
    endpoints: [],
    namespaces: [],
    policies: [],
    marked: [],
    callers: [],
  };
  for (const object of objects) readObject(building, object, podSources, config, report);
  return { resources: { ...building, workloads: resolveTemplates(building.workloads) }, objects };
}

function readObject(
  building: Building,
  object: ReadObject,
  podSources: (groupKind: string) => PodSource | undefined,
  config: Config,
  report: Report,
): void {
  const { apiVersion, kind } = object.resource;
  const groupKind = `${groupOf(apiVersion)}/${kind}`;
  const namespace = object.resource.namespace ?? config.namespace ?? '';
  if (isMarked(object, groupKind)) building.marked.push({ resource: object.resource, manifest: object.fields.value });
  const podSource = podSources(groupKind);
  if (podSource !== undefined) {
    building.workloads.push({ workload: readWorkload(object, podSource, namespace), object });
  } else if (isCallerKind(apiVersion, kind)) {
    building.callers.push(...readCallers(object, namespace));
  } else {
    KINDS.get(groupKind)?.(building, object, namespace, report);
  }
}

/** Whether an object was written by a run of whatever owner. */
function isMarked({ resource }: ReadObject, groupKind: string): boolean {
  return WRITTEN_KINDS.has(groupKind) && resource.annotations[MARK] !== undefined;
}

/** How pods are found in objects of each `group/kind`; undefined where it has none. */
export function podSourcesOf(config: Config): (groupKind: string) => PodSource | undefined {
  const custom = new Map<string, PodSource>(
    config.workloadKinds.map(({ group, kind, template, selector }) => [
      `${group ?? '*'}/${kind}`,
      { template, selector: selector === undefined ? { kind: 'template' } : { kind: 'labelSelector', path: selector } },
    ]),
  );
  return (groupKind) => {
    const anyGroup = `*/${groupKind.slice(groupKind.indexOf('/') + 1)}`;
    return custom.get(groupKind) ?? custom.get(anyGroup) ?? WORKLOAD_KINDS.get(groupKind);
  };
}

/** Gives each Rollout with a `workloadRef` the pods of the workload that it names. */
function resolveTemplates(read: Building['workloads']): Workload[] {
  return read.map(({ workload, object }) => {
    if (workload.resource.kind !== 'Rollout') return workload;
    const reference = readTemplateReference(object.fields);
    const template = read.find(
      (other) =>
        other.workload.resource.kind === reference?.kind &&
        other.workload.resource.name === reference.name &&
        other.workload.namespace === workload.namespace,
    );
    return template === undefined ? workload : withTemplateOf(workload, template.workload);
  });
}

function isCallerGroupKind(groupKind: string): boolean {
  const slash = groupKind.indexOf('/');
  return isCallerKind(`${groupKind.slice(0, slash)}/v1`, groupKind.slice(slash + 1));
}

function pushEndpointSlice(building: Building, object: ReadObject, namespace: string): void {
  const slice = readEndpointSlice(object, namespace);
  if (slice !== undefined) building.endpoints.push(slice);
}

function pushPolicy(building: Building, object: ReadObject, namespace: string, report: Report): void {
  const policy = readNetworkPolicy(object.resource, object.fields.value, namespace, report);
  if (policy !== undefined) building.policies.push({ policy, manifest: object.fields.value });
}
