/** Ends that Cilium calls by a word, as its CRD lists them, but for `all` and `none`, which lists have words for. */
export const ENTITIES = [
  'world',
  'cluster',
  'cluster-mesh',
  'host',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'health',
  'init',
  'unmanaged',
] as const;

export type Entity = (typeof ENTITIES)[number];
