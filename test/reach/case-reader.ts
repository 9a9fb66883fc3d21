import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { ContainerPort, PortRange, PortSet, Protocol } from '../../src/model/port.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { StringMap } from '../../src/model/resource.ts';
import { readNetworkPolicy } from '../../src/parse/network-policy.ts';
import { portSet } from '../../src/policy/port-set.ts';
import { resourceOf } from './resource-of.ts';

// A reader of its own, so that these tests hold the evaluator and the reader of policies to what others worked out,
// whatever the rest of the project makes of a workload.

/** Real clusters, which are not part of the project: beside the repository, where they are at all. */
export const CASES_FOLDER: string = join(process.cwd(), '..', 'shared', 'cases');

export type Pod = Extract<Endpoint, { kind: 'pod' }>;

/** Who reaches whom in one case, as its edges.txt has it. */
export interface Edges {
  readonly defaultNamespace: string;
  /** By workload: names of the policies that isolate it. */
  readonly isolation: ReadonlyMap<string, { readonly ingress: readonly string[]; readonly egress: readonly string[] }>;
  /** By `SOURCE -> DESTINATION`; rows of one pair are united. */
  readonly allowed: ReadonlyMap<string, PortSet>;
}

export interface Case {
  readonly edges: Edges;
  readonly pods: ReadonlyMap<string, Pod>;
  readonly policies: readonly NetworkPolicy[];
  readonly problems: readonly Problem[];
}

/** Names of the cases that have policies and edges. */
export function casesWithEdges(): readonly string[] {
  if (!existsSync(CASES_FOLDER)) return [];
  const has = (name: string, file: string) => existsSync(join(CASES_FOLDER, name, file));
  return readdirSync(CASES_FOLDER).filter((name) => has(name, 'edges.txt') && has(name, 'policies.yaml'));
}

export function readCase(name: string): Case {
  const read = (file: string) => readFileSync(join(CASES_FOLDER, name, file), 'utf8');
  const edges = parseEdges(read('edges.txt'));
  const problems: Problem[] = [];
  const policies = objectsOf(read('policies.yaml'))
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap((object) => {
      const namespace = object.metadata?.namespace ?? edges.defaultNamespace;
      const policy = readNetworkPolicy(resourceOf(object), { ...object }, namespace, (p) => problems.push(p));
      return policy === undefined ? [] : [policy];
    });
  return { edges, pods: readPods(objectsOf(read('input.yaml')), edges.defaultNamespace), policies, problems };
}

interface Container {
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol?: Protocol }[];
  readonly restartPolicy?: string;
}

interface PodTemplate {
  readonly metadata?: { readonly labels?: StringMap };
  readonly spec?: { readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[] };
}

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name: string; readonly namespace?: string; readonly labels?: StringMap };
  readonly items?: readonly KubernetesObject[];
  readonly spec?: PodTemplate['spec'] & {
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec: { readonly template: PodTemplate } };
    readonly podMetadata?: { readonly labels?: StringMap };
  };
}

function objectsOf(text: string): readonly KubernetesObject[] {
  return (loadAll(text) as (KubernetesObject | null)[]).flatMap((object) => (object === null ? [] : flatten(object)));
}

/** Items of a PodList carry no kind of their own. */
function flatten(object: KubernetesObject): readonly KubernetesObject[] {
  if (!object.kind?.endsWith('List')) return [object];
  const kind = object.kind.slice(0, -'List'.length);
  return (object.items ?? []).map((item) => (item.kind ? item : { ...item, kind }));
}

function readPods(objects: readonly KubernetesObject[], defaultNamespace: string): ReadonlyMap<string, Pod> {
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace');
  const labelsOf = (name: string) => namespaces.find(({ metadata }) => metadata?.name === name)?.metadata?.labels;
  return new Map(
    objects.flatMap((object) => {
      const template = templateOf(object);
      if (template === undefined) return [];
      const namespace = object.metadata?.namespace ?? defaultNamespace;
      const pod: Pod = {
        kind: 'pod',
        namespace,
        labels: template.metadata?.labels ?? {},
        // The API server sets this label on every Namespace.
        namespaceLabels: { ...labelsOf(namespace), 'kubernetes.io/metadata.name': namespace },
        ports: portsOf(template),
      };
      return [[`${namespace}/${object.kind}/${object.metadata?.name}`, pod] as const];
    }),
  );
}

const KINDS_WITH_TEMPLATE = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'];

function templateOf(object: KubernetesObject): PodTemplate | undefined {
  const { kind, metadata, spec } = object;
  if (kind === 'Pod') return { metadata: metadata ?? {}, spec: spec ?? {} };
  if (kind === 'CronJob') return spec?.jobTemplate?.spec.template;
  if (KINDS_WITH_TEMPLATE.includes(kind)) return spec?.template;
  // The pods of these are made by prometheus-operator, which adds the labels that its policies select.
  const component = { Alertmanager: 'alertmanager', Prometheus: 'prometheus' }[kind];
  if (component === undefined || metadata === undefined) return undefined;
  return {
    metadata: {
      labels: {
        ...spec?.podMetadata?.labels,
        'app.kubernetes.io/name': component,
        'app.kubernetes.io/instance': metadata.name,
      },
    },
  };
}

function portsOf({ spec }: PodTemplate): readonly ContainerPort[] {
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...(spec?.containers ?? []), ...sidecars].flatMap(({ ports }) =>
    (ports ?? []).map(({ name, containerPort, protocol }) => ({
      name,
      port: containerPort,
      protocol: protocol ?? 'TCP',
    })),
  );
}

function parseEdges(text: string): Edges {
  const isolation = new Map<string, { ingress: string[]; egress: string[] }>();
  const allowed = new Map<string, PortSet>();
  let section = '';
  for (const line of text.split('\n')) {
    const [, workload, ingress = '', egress = ''] = /^# {3}(\S+?)(?: \[.*\])?: (.*) \| (.*)$/.exec(line) ?? [];
    if (workload !== undefined) isolation.set(workload, { ingress: policyNames(ingress), egress: policyNames(egress) });
    if (line.startsWith('##')) section = line;
    const [source, destination, ports] = line.split('\t');
    if (line.startsWith('#') || ports === undefined || !/^## (workload to|to and from)/.test(section)) continue;
    const key = `${source} -> ${destination}`;
    allowed.set(key, uniteWritten(allowed.get(key), parsePorts(ports)));
  }
  const defaultNamespace = /default namespace for objects without one: ([a-z0-9-]+)/.exec(text)?.[1] ?? 'default';
  return { defaultNamespace, isolation, allowed };
}

function policyNames(text: string): string[] {
  return text === 'NOT ISOLATED' ? [] : text.split(',');
}

function uniteWritten(left: PortSet | undefined, right: PortSet): PortSet {
  if (left === undefined) return right;
  return left === 'all' || right === 'all' ? 'all' : portSet([...left, ...right]);
}

/** `ALL`, or `TCP/80,UDP/8000-8100`. */
function parsePorts(text: string): PortSet {
  if (text === 'ALL') return 'all';
  const ranges = text.split(',').map((entry): PortRange => {
    const [, protocol, from, to] = /^(TCP|UDP|SCTP)\/(\d+)(?:-(\d+))?$/.exec(entry) ?? [];
    if (protocol === undefined) throw new Error(`cannot read the ports ${text}`);
    return { protocol: protocol as Protocol, port: Number(from), endPort: Number(to ?? from) };
  });
  return portSet(ranges.filter(({ port, endPort }) => port <= endPort));
}
