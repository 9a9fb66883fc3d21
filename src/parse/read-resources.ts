import type { Caller } from '../model/caller.ts';
import type { Config } from '../model/config.ts';
import { groupKindOf, servedKindOf } from '../model/group-kind.ts';
import type { InputItem } from '../model/input.ts';
import type { LinkerdServer } from '../model/linkerd-server.ts';
import { MARK } from '../model/mark.ts';
import type { Namespace } from '../model/namespace.ts';
import type { Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { MarkedObject, ReadPolicy, Resources } from '../model/resources.ts';
import type { Endpoints, Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { mayWrite, WRITTEN_KINDS } from '../model/written-kinds.ts';
import { type Role, type Words, wordsOf } from './annotations.ts';
import { placeInTiers, readTier, type Tier } from './calico/tiers.ts';
import { isCallerKind, readCallers } from './caller.ts';
import { reportDuplicates } from './duplicates.ts';
import { followNamespaces } from './follow-namespaces.ts';
import { followServices } from './follow-services.ts';
import { CALICO_GROUPS, FOREIGN_POLICIES, type ReadForeign } from './foreign-policies.ts';
import { readLinkerdServer } from './linkerd-server.ts';
import { readNetworkPolicy } from './network-policy.ts';
import { type ReadsKind, readObjects } from './objects.ts';
import type { ReadObject } from './resource.ts';
import { readEndpointSlice, readEndpoints, readService } from './service.ts';
import { readTemplateReference, readWorkload, type TemplateReference, withTemplateOf } from './workload.ts';
import { type PodSource, WORKLOAD_KINDS } from './workload-kinds.ts';

/** What was read: the model's resources, and what their annotations say. */
export interface ReadResult {
  readonly resources: Resources;
  readonly words: readonly Words[];
}

/** Lists that fill while the items are read. */
interface Building {
  readonly workloads: Workload[];
  /** The workloads whose template another object of the input may lend. */
  readonly borrowers: Map<Workload, TemplateReference>;
  readonly services: Service[];
  readonly endpoints: Endpoints[];
  readonly namespaces: Namespace[];
  readonly policies: ReadPolicy[];
  readonly tiers: Tier[];
  readonly marked: MarkedObject[];
  readonly named: Resource[];
  readonly callers: Caller[];
  readonly servers: LinkerdServer[];
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
  ...[...FOREIGN_POLICIES].map(([groupKind, read]) => [groupKind, pushForeign(read)] as const),
  ...CALICO_GROUPS.map((group) => [`${group}/Tier`, pushTier] as const),
]);

/** Kinds that are read only where `identity: linkerd` writes such objects beside them. */
const LINKERD_KINDS: ReadonlyMap<string, ReadKind> = new Map<string, ReadKind>([
  [
    'policy.linkerd.io/Server',
    (building, object, namespace) => building.servers.push(...readLinkerdServer(object, namespace)),
  ],
]);

/**
 * Reads the objects that matter from the input's items; the others are not even parsed. One after the other, and no
 * parsed value is kept: all of them together are larger than the input. `visit` sees each object while it is there.
 */
export function readResources(
  items: readonly InputItem[],
  config: Config,
  report: Report,
  visit: (object: ReadObject) => void = () => {},
): ReadResult {
  const meaningOf = meaningsOf(config);
  const reads: ReadsKind = (apiVersion, kind) => meaningOf(apiVersion, kind).isRead;
  const follow = followNamespaces(readNamespaces(items));
  const building: Building = {
    workloads: [],
    borrowers: new Map(),
    services: [],
    endpoints: [],
    namespaces: [],
    policies: [],
    tiers: [],
    marked: [],
    named: [],
    callers: [],
    servers: [],
  };
  const words: Words[] = [];
  const known: Resource[] = [];
  for (const item of items) {
    for (const found of readObjects(item, reads, config.annotationPrefix, report)) {
      const object = follow(found);
      const { resource } = object;
      const meaning = meaningOf(resource.apiVersion, resource.kind);
      if (meaning.isRead) known.push(resource);
      readObject(building, object, meaning, config, report);
      const own = wordsOf(object, meaning.role, config);
      if (own !== undefined) words.push(own);
      visit(object);
    }
  }
  reportDuplicates(known, config, report);
  const policies = finishPolicies(building, report);
  return { resources: { ...building, policies, workloads: resolveTemplates(building) }, words };
}

/** The Namespace objects, before all others: they remember where those were. What is wrong in them is told later. */
function readNamespaces(items: readonly InputItem[]): readonly ReadObject[] {
  const isNamespace: ReadsKind = (apiVersion, kind) => kind === 'Namespace' && apiVersion === 'v1';
  return items
    .filter(({ kind }) => kind === undefined || kind === 'Namespace' || kind.endsWith('List'))
    .flatMap((item) => readObjects(item, isNamespace, NOWHERE, () => {}))
    .filter(({ resource }) => isNamespace(resource.apiVersion, resource.kind));
}

/** A prefix that no text has: only the kind counts. */
const NOWHERE = '\0';

function readObject(
  building: Building,
  object: ReadObject,
  { groupKind, podSource, isCaller, isWritten, read }: Meaning,
  config: Config,
  report: Report,
): void {
  const namespace = object.resource.namespace ?? config.namespace ?? '';
  if (isWritten) building.named.push(object.resource);
  if (isMarked(object, groupKind)) building.marked.push({ resource: object.resource, manifest: object.fields.value });
  if (podSource !== undefined) readWorkloadInto(building, object, podSource, namespace);
  else if (isCaller) building.callers.push(...readCallers(object, namespace));
  else read?.(building, object, namespace, report);
}

function readWorkloadInto(building: Building, object: ReadObject, podSource: PodSource, namespace: string): void {
  const workload = readWorkload(object, podSource, namespace);
  const reference = workload.resource.kind === 'Rollout' ? readTemplateReference(object.fields) : undefined;
  if (reference !== undefined) building.borrowers.set(workload, reference);
  building.workloads.push(workload);
}

/** What is done with the objects of one kind. */
interface Meaning {
  readonly groupKind: string;
  readonly role: Role;
  readonly isRead: boolean;
  readonly podSource: PodSource | undefined;
  readonly isCaller: boolean;
  /** Whether this run may write objects of the kind. */
  readonly isWritten: boolean;
  readonly read: ReadKind | undefined;
}

/** Worked out once for each kind that the input holds. */
function meaningsOf(config: Config): (apiVersion: string, kind: string) => Meaning {
  const podSources = podSourcesOf(config);
  const kindsRead = config.identity?.name === 'linkerd' ? new Map([...KINDS, ...LINKERD_KINDS]) : KINDS;
  const known = new Map<string, Map<string, Meaning>>();
  return (apiVersion, kind) => {
    let kinds = known.get(apiVersion);
    if (kinds === undefined) {
      kinds = new Map<string, Meaning>();
      known.set(apiVersion, kinds);
    }
    let meaning = kinds.get(kind);
    if (meaning === undefined) {
      meaning = meaningOfKind(apiVersion, kind, podSources, kindsRead, config);
      kinds.set(kind, meaning);
    }
    return meaning;
  };
}

function meaningOfKind(
  apiVersion: string,
  kind: string,
  podSources: (groupKind: string) => PodSource | undefined,
  kindsRead: ReadonlyMap<string, ReadKind>,
  config: Config,
): Meaning {
  const groupKind = groupKindOf({ apiVersion, kind });
  const podSource = podSources(groupKind);
  const isCaller = isCallerKind(apiVersion, kind);
  const read = kindsRead.get(groupKind);
  const isWritten = mayWrite(config, servedKindOf({ apiVersion, kind }));
  const isRead = podSource !== undefined || isCaller || isWritten || read !== undefined;
  const role = podSource === undefined ? (ROLES.get(groupKind) ?? 'other') : 'workload';
  return { groupKind, role, isRead, podSource, isCaller, isWritten, read };
}

/** What the objects of a kind without pods of their own may be for annotations. */
const ROLES: ReadonlyMap<string, Role> = new Map([
  ['/Service', 'service'],
  ['/Namespace', 'namespace'],
]);

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
function resolveTemplates({ workloads, borrowers }: Building): Workload[] {
  if (borrowers.size === 0) return workloads;
  return workloads.map((workload) => {
    const reference = borrowers.get(workload);
    const template = workloads.find(
      ({ resource, namespace }) =>
        resource.kind === reference?.kind && resource.name === reference.name && namespace === workload.namespace,
    );
    return template === undefined ? workload : withTemplateOf(workload, template);
  });
}

function pushEndpointSlice(building: Building, object: ReadObject, namespace: string): void {
  const slice = readEndpointSlice(object, namespace);
  if (slice !== undefined) building.endpoints.push(slice);
}

function pushTier(building: Building, object: ReadObject): void {
  building.tiers.push(readTier(object));
}

/** What policies of other APIs say of other objects is known once all of them are read. */
function finishPolicies(building: Building, report: Report): readonly ReadPolicy[] {
  const { policies, tiers } = building;
  if (!policies.some(({ policy }) => policy.foreign !== undefined)) return policies;
  return followServices(placeInTiers(policies, tiers, report), building);
}

/** Policies of other APIs: one object may hold several. */
function pushForeign(read: ReadForeign): ReadKind {
  return (building, object, namespace, report) => {
    const manifest = object.fields.value;
    building.policies.push(...read(object, namespace, report).map((policy) => ({ policy, manifest })));
  };
}

function pushPolicy(building: Building, object: ReadObject, namespace: string, report: Report): void {
  const policy = readNetworkPolicy(object.resource, object.fields.value, namespace, report);
  if (policy !== undefined) building.policies.push({ policy, manifest: object.fields.value });
}
