import { loadAll } from 'js-yaml';
import type { ContainerPort, Protocol } from '../../src/model/port.ts';
import { splitDocuments } from './write-annotations.ts';

/**
 * What a case's input says, read here without Postern's own readers, so that a mistake there cannot hide behind the
 * same mistake in the expectation.
 */
export interface Cluster {
  readonly workloads: ReadonlyMap<string, ClusterWorkload>;
  readonly services: readonly ClusterService[];
  readonly namespaceLabels: ReadonlyMap<string, Labels>;
  readonly namespaceObjects: readonly string[];
  /** Namespaces whose object is inside a list. */
  readonly namespacesInLists: readonly string[];
  /** Some objects say that they are in `default`, others only mean it. */
  readonly mixesDefault: boolean;
}

export type Labels = Readonly<Record<string, string>>;

/** One workload and a pod of it. */
export interface ClusterWorkload {
  /** `namespace/Kind/name`; `default` where the object names no namespace. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly namespaceWritten: boolean;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Its object: at the top of a document, inside a list, or of a custom resource whose pods an operator makes. */
  readonly form: 'document' | 'list-item' | 'custom';
}

export interface ClusterService {
  readonly name: string;
  readonly inList: boolean;
  readonly namespace: string;
  readonly selector: Labels;
  readonly ports: readonly { readonly port: number; readonly target: number | string; readonly protocol: Protocol }[];
}

type Value = Readonly<Record<string, unknown>>;

/** Reads a stream of Kubernetes objects. */
export function readCluster(text: string): Cluster {
  const objects = splitDocuments(text)
    .filter(isOfInterest)
    .flatMap((document) => loadAll(document))
    .flatMap(expand);
  const services = objects
    .filter(({ value }) => value['kind'] === 'Service')
    .map(({ value, inList }) => readService(value, inList));
  const namespaceObjects = objects.filter(({ value }) => value['kind'] === 'Namespace');
  const namespaces = namespaceObjects.map(({ value }) => value);
  const workloads = objects.flatMap((object) => readWorkload(object, services));
  const names = new Set([...namespaces.map(nameOf), ...workloads.map((workload) => workload.namespace)]);
  const labels = new Map(namespaces.map((value) => [nameOf(value), labelsAt(value, 'metadata', 'labels')]));
  return {
    workloads: new Map(workloads.map((workload) => [workload.id, workload])),
    services,
    namespaceLabels: new Map(
      [...names].map((name) => [name, { ...labels.get(name), 'kubernetes.io/metadata.name': name }]),
    ),
    namespaceObjects: namespaces.map(nameOf),
    namespacesInLists: namespaceObjects.filter(({ inList }) => inList).map(({ value }) => nameOf(value)),
    mixesDefault: mixesDefault(objects.map(({ value }) => value)),
  };
}

function mixesDefault(objects: readonly Value[]): boolean {
  const namespaced = objects.filter(
    (value) => value['kind'] === 'Service' || TEMPLATES[String(value['kind'])] !== undefined,
  );
  const written = namespaced.map((value) => at(value, 'metadata', 'namespace'));
  return written.includes('default') && written.includes(undefined);
}

/** The ports that a workload listens to: those of its containers and the target ports of the Services in front of it. */
export function listenedPorts(cluster: Cluster, workload: ClusterWorkload): readonly ContainerPort[] {
  const targets = servicesOf(cluster, workload).flatMap((service) => targetPorts(service, workload));
  const ports = new Map([...workload.ports, ...targets].map((port) => [`${port.protocol}/${port.port}`, port]));
  return [...ports.values()];
}

/** The Services whose selector takes the workload's pods. */
export function servicesOf(cluster: Cluster, workload: ClusterWorkload): readonly ClusterService[] {
  return cluster.services.filter((service) => isBehind(service, workload.namespace, workload.labels));
}

/** A Service's ports as the workload's pods see them; a name that they lack is no port. */
export function targetPorts(service: ClusterService, workload: ClusterWorkload): readonly ContainerPort[] {
  return service.ports.flatMap(({ target, protocol }) => {
    if (typeof target === 'number') return [{ name: undefined, port: target, protocol }];
    return workload.ports.filter((port) => port.name === target && port.protocol === protocol);
  });
}

/** Objects of other kinds may hold what not every reader of YAML takes. */
function isOfInterest(document: string): boolean {
  const [, kind = ''] = /^kind: *["']?(\w+)/m.exec(document) ?? [];
  return kind.endsWith('List') || [...Object.keys(TEMPLATES), ...OPERATED, 'Service', 'Namespace'].includes(kind);
}

/** Items of `List`, `PodList` and their like have no kind of their own where the API server wrote them. */
function expand(document: unknown): readonly { readonly value: Value; readonly inList: boolean }[] {
  const value = mappingOf(document);
  const kind = String(value['kind'] ?? '');
  if (!kind.endsWith('List') || !Array.isArray(value['items'])) return [{ value, inList: false }];
  const itemKind = kind.slice(0, -'List'.length);
  return value['items'].map((item) => ({
    value: { ...(itemKind === '' ? {} : { kind: itemKind }), ...mappingOf(item) },
    inList: true,
  }));
}

const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
  Rollout: ['spec', 'template'],
};

/** Custom resources whose operator puts these labels of theirs on the pods that it makes. */
const OPERATED: readonly string[] = ['Prometheus', 'Alertmanager'];

function readWorkload(
  object: { readonly value: Value; readonly inList: boolean },
  services: readonly ClusterService[],
): ClusterWorkload[] {
  const { value, inList } = object;
  const kind = String(value['kind']);
  const path = TEMPLATES[kind];
  const namespace = namespaceOf(value);
  const written = at(value, 'metadata', 'namespace') !== undefined;
  const common = {
    id: `${namespace}/${kind}/${nameOf(value)}`,
    kind,
    name: nameOf(value),
    namespace,
    namespaceWritten: written,
  };
  if (path !== undefined) {
    const template = mappingOf(at(value, ...path));
    return [
      {
        ...common,
        labels: podLabels(kind, value, template),
        ports: containerPorts(template),
        form: inList ? 'list-item' : 'document',
      },
    ];
  }
  if (!OPERATED.includes(kind)) return [];
  const own = labelsAt(value, 'spec', 'podMetadata', 'labels');
  const selectors = services.filter((service) => isBehind(service, namespace, own)).map((service) => service.selector);
  const ports = services
    .filter((service) => isBehind(service, namespace, own))
    .flatMap((service) =>
      service.ports
        .filter(({ target }) => target === 'web')
        .map(({ port }) => ({ name: 'web', port, protocol: 'TCP' as const })),
    );
  return [{ ...common, labels: Object.assign({}, ...selectors, own), ports, form: 'custom' }];
}

/** A Job's pods also carry the Job's name. */
function podLabels(kind: string, value: Value, template: Value): Labels {
  const labels = labelsAt(template, 'metadata', 'labels');
  return kind === 'Job'
    ? { ...labels, 'job-name': nameOf(value), 'batch.kubernetes.io/job-name': nameOf(value) }
    : labels;
}

function containerPorts(template: Value): readonly ContainerPort[] {
  const sidecars = listAt(template, 'spec', 'initContainers').filter(
    (container) => container['restartPolicy'] === 'Always',
  );
  return [...listAt(template, 'spec', 'containers'), ...sidecars].flatMap((container) =>
    listAt(container, 'ports').map((port) => ({
      name: port['name'] as string | undefined,
      port: Number(port['containerPort']),
      protocol: (port['protocol'] ?? 'TCP') as Protocol,
    })),
  );
}

function readService(value: Value, inList: boolean): ClusterService {
  return {
    name: nameOf(value),
    inList,
    namespace: namespaceOf(value),
    selector: labelsAt(value, 'spec', 'selector'),
    ports: listAt(value, 'spec', 'ports').map((port) => ({
      port: Number(port['port']),
      target: (port['targetPort'] ?? port['port']) as number | string,
      protocol: (port['protocol'] ?? 'TCP') as Protocol,
    })),
  };
}

function isBehind(service: ClusterService, namespace: string, labels: Labels): boolean {
  const selector = Object.entries(service.selector);
  return (
    service.namespace === namespace && selector.length > 0 && selector.every(([key, value]) => labels[key] === value)
  );
}

function nameOf(value: Value): string {
  return String(at(value, 'metadata', 'name'));
}

function namespaceOf(value: Value): string {
  return String(at(value, 'metadata', 'namespace') ?? 'default');
}

function labelsAt(value: Value, ...path: string[]): Labels {
  return mappingOf(at(value, ...path)) as Labels;
}

function listAt(value: Value, ...path: string[]): readonly Value[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.map(mappingOf) : [];
}

function at(value: Value, ...path: string[]): unknown {
  return path.reduce<unknown>((found, key) => mappingOf(found)[key], value);
}

function mappingOf(value: unknown): Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Value) : {};
}
