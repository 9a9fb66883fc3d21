import type { NamedMesh } from '../../model/mesh.ts';
import type { Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import type { Cluster } from '../cluster.ts';
import { MESHES, type Mesh } from '../meshes.ts';
import { remembered } from '../remembered.ts';
import type { Names } from '../resolve-item.ts';
import { type ProxyProfile, profileOf } from './proxy-profile.ts';
import { type MeshLists, namePods, wordOf } from './said-of-mesh.ts';

/** Which pods are in the mesh that the config names. */
export interface Membership {
  readonly mesh: Mesh;
  readonly said: NamedMesh;
  readonly lists: MeshLists;
  /** undefined where nothing tells: its namespace is not in the input, and the config is silent. */
  readonly has: (workload: Workload) => boolean | undefined;
  /** The same of pods of a namespace that the input does not describe. */
  readonly hasNamespace: (namespace: string) => boolean | undefined;
  /** How the proxy of a workload takes part; undefined: of pods that the input does not describe. */
  readonly profile: (workload: Workload | undefined) => ProxyProfile;
}

/** No mesh injects anything there. */
const NEVER_MESHED: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Finds out who is in the mesh that the config names. */
export function findMembership(said: NamedMesh, names: Names, report: Report): Membership | undefined {
  const mesh = MESHES.find(({ name }) => said.name === name);
  if (mesh === undefined) return undefined;
  const lists = {
    meshed: namePods(said.meshed, 'meshed', names, report),
    unmeshed: namePods(said.unmeshed, 'unmeshed', names, report),
  };
  const { cluster } = names;
  const inbound = said.proxyPort ?? mesh.port ?? 0;
  return {
    mesh,
    said,
    lists,
    has: remembered((workload) => isMember(workload, mesh, lists, cluster)),
    hasNamespace: (namespace) =>
      wordOf(lists, (list) => list.namespaces(namespace)) ?? toldByObject(namespace, undefined, mesh, cluster),
    profile: remembered((workload) =>
      profileOf(mesh, inbound, workload, workload && cluster.namespaces.get(workload.namespace)),
    ),
  };
}

/** A pod's own word, then the config's about it, the config's about its namespace, and its namespace's. */
function isMember(workload: Workload, mesh: Mesh, lists: MeshLists, cluster: Cluster): boolean | undefined {
  if (workload.hostNetwork) return false;
  const { namespace } = workload;
  return (
    mesh.podSays(workload) ??
    wordOf(lists, (list) => list.workloads.has(workload)) ??
    wordOf(lists, (list) => list.namespaces(namespace)) ??
    toldByObject(namespace, workload, mesh, cluster)
  );
}

function toldByObject(
  namespace: string,
  workload: Workload | undefined,
  mesh: Mesh,
  { namespaces }: Cluster,
): boolean | undefined {
  const told = namespaces.get(namespace);
  if (told !== undefined) return mesh.namespaceSays(told, workload);
  return NEVER_MESHED.includes(namespace) ? false : undefined;
}
