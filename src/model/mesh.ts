import type { Item } from './declaration.ts';

/** The meshes that are known, as the config calls them. `istio` is its sidecar mode. */
export type MeshName = 'linkerd' | 'istio-ambient' | 'istio';

export const MESH_NAMES: readonly ['linkerd', 'istio-ambient', 'istio'] = ['linkerd', 'istio-ambient', 'istio'];

/** The config's `mesh`. `none`: whatever labels say, no proxy carries the traffic of these pods. */
export type MeshConfig = { readonly kind: 'none' } | NamedMesh;

/** The mesh that the config names, and what it says of it. */
export interface NamedMesh {
  readonly kind: 'mesh';
  readonly name: MeshName;
  /** Where the installation changed the port on which proxies take what comes from other proxies. */
  readonly proxyPort: number | undefined;
  /** Namespace of the control plane; undefined: the mesh's usual one. */
  readonly controlPlane: string | undefined;
  /** Pods that are in the mesh, or not, where no label or annotation of the input says so. */
  readonly meshed: readonly Item[];
  readonly unmeshed: readonly Item[];
  /** Who may read the metrics of the proxies. */
  readonly metrics: readonly Item[];
}
