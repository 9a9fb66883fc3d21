import type { LabelSelector } from '../model/label-selector.ts';
import type { MeshName } from '../model/mesh.ts';
import type { StringMap } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';

/** What a Namespace object says. */
export type Told = { readonly labels: StringMap; readonly annotations: StringMap };

/** A mesh whose proxies stand in the way of policies, or policies in theirs. */
export interface Mesh {
  readonly name: MeshName;
  readonly title: string;
  /** TCP port on which a proxy takes what comes from other proxies; undefined where that is the real port. */
  readonly port: number | undefined;
  /** Ports of the proxies that no container of the input declares. */
  readonly proxyPorts: readonly number[];
  /** Those of them that serve metrics. */
  readonly metrics: readonly number[];
  /** Namespace of the control plane, unless the config says another. */
  readonly namespace: string;
  readonly controlPlane: readonly ControlPlane[];
  /** What a pod's own labels and annotations say. */
  readonly podSays: (workload: Workload) => boolean | undefined;
  /** What its namespace says; of pods that are not described, workload undefined. */
  readonly namespaceSays: (namespace: Told, workload: Workload | undefined) => boolean;
  /** Whether a meshed pod has a proxy of its own, which talks to the control plane. */
  readonly hasSidecar: (workload: Workload, namespace: Told | undefined) => boolean;
}

/** Pods of the control plane. */
export interface ControlPlane {
  readonly podSelector: LabelSelector;
  /** What each proxy connects to. */
  readonly fromProxies: readonly number[];
  /** What the API server connects to: webhooks. */
  readonly fromApiServer: readonly number[];
}

const LINKERD_INJECT = 'linkerd.io/inject';
const DATAPLANE = 'istio.io/dataplane-mode';

const labelled = (key: string, value: string): LabelSelector => [{ key, operator: 'In', values: [value] }];
const component = (value: string): LabelSelector => labelled('linkerd.io/control-plane-component', value);
const ISTIOD: ControlPlane = {
  podSelector: labelled('app', 'istiod'),
  fromProxies: [15012],
  fromApiServer: [15017],
};
const ISTIO_PORTS: readonly number[] = [15020, 15021, 15090];

const LINKERD: Mesh = {
  name: 'linkerd',
  title: 'Linkerd',
  port: 4143,
  proxyPorts: [4143, 4190, 4191],
  metrics: [4191],
  namespace: 'linkerd',
  controlPlane: [
    { podSelector: component('identity'), fromProxies: [8080], fromApiServer: [] },
    { podSelector: component('destination'), fromProxies: [8086, 8090], fromApiServer: [8443, 9443] },
    { podSelector: component('proxy-injector'), fromProxies: [], fromApiServer: [8443] },
  ],
  podSays: ({ podAnnotations }) => injects(podAnnotations[LINKERD_INJECT]),
  namespaceSays: ({ annotations }) => injects(annotations[LINKERD_INJECT]) ?? false,
  hasSidecar: () => true,
};

const ISTIO: Mesh = {
  name: 'istio',
  title: 'Istio',
  port: undefined,
  proxyPorts: ISTIO_PORTS,
  metrics: [15020, 15090],
  namespace: 'istio-system',
  controlPlane: [ISTIOD],
  podSays: sidecarOfPod,
  namespaceSays: sidecarOfNamespace,
  hasSidecar: () => true,
};

const AMBIENT: Mesh = {
  name: 'istio-ambient',
  title: 'Istio ambient',
  port: 15008,
  proxyPorts: [15008, ...ISTIO_PORTS],
  metrics: [],
  namespace: 'istio-system',
  controlPlane: [ISTIOD],
  podSays: (workload) => {
    const mode = workload.labels[DATAPLANE];
    if (mode === 'ambient' || sidecarOfPod(workload) === true) return true;
    return mode === undefined ? undefined : false;
  },
  // A pod with a sidecar is called by the others, and calls them, in the same way.
  namespaceSays: (namespace, workload) =>
    namespace.labels[DATAPLANE] === 'ambient' ||
    (sidecarOfNamespace(namespace) && (workload === undefined || sidecarOfPod(workload) !== false)),
  hasSidecar: (workload, namespace) =>
    sidecarOfPod(workload) ?? (namespace !== undefined && sidecarOfNamespace(namespace)),
};

/** Those that are told apart by what pods and namespaces say. */
export const MESHES: readonly Mesh[] = [LINKERD, AMBIENT, ISTIO];

function injects(word: string | undefined): boolean | undefined {
  return word === undefined ? undefined : word === 'enabled' || word === 'ingress';
}

function sidecarOfPod({ labels, podAnnotations }: Workload): boolean | undefined {
  const word = labels['sidecar.istio.io/inject'] ?? podAnnotations['sidecar.istio.io/inject'];
  if (word !== undefined) return word === 'true';
  return labels['istio.io/rev'] === undefined ? undefined : true;
}

function sidecarOfNamespace({ labels }: Told): boolean {
  const word = labels['istio-injection'];
  return word === undefined ? labels['istio.io/rev'] !== undefined : word === 'enabled';
}

/** The meshes that are there at all: without anything in ambient mode, Istio's sidecars take the real ports. */
export function meshesFound({ workloads, namespaces }: Pick<Cluster, 'workloads' | 'namespaces'>): readonly Mesh[] {
  const told = [...namespaces.values(), ...workloads];
  const isAmbient = told.some(({ labels }) => labels[DATAPLANE] === 'ambient');
  return [LINKERD, isAmbient ? AMBIENT : ISTIO];
}

/** Whether a workload's pods are in a mesh, as its template, its labels or its namespace say. */
export function isMeshed(mesh: Mesh, workload: Workload, { namespaces }: Pick<Cluster, 'namespaces'>): boolean {
  if (workload.hostNetwork) return false;
  const namespace = namespaces.get(workload.namespace);
  return mesh.podSays(workload) ?? (namespace !== undefined && mesh.namespaceSays(namespace, workload));
}

/** Whether a port is that of a proxy beside the workload: it is listened to, though no container declares it. */
export function isProxyPort(
  port: number,
  workload: Workload,
  cluster: Pick<Cluster, 'config' | 'namespaces'>,
): boolean {
  const { mesh: said } = cluster.config;
  return MESHES.some(
    (mesh) =>
      mesh.proxyPorts.includes(port) &&
      ((said?.kind === 'mesh' && said.name === mesh.name) || isMeshed(mesh, workload, cluster)),
  );
}
