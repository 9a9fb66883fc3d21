import type { Config } from './config.ts';
import { DIALECT_FACTS } from './dialect.ts';
import { groupKindOf } from './group-kind.ts';

/** Kinds of objects that Postern may write, by `group/kind`, and whether they belong to a namespace. */
export const WRITTEN_KINDS: ReadonlyMap<string, 'namespaced' | 'cluster'> = new Map([
  ['networking.k8s.io/NetworkPolicy', 'namespaced'],
  ['cilium.io/CiliumNetworkPolicy', 'namespaced'],
  ['cilium.io/CiliumClusterwideNetworkPolicy', 'cluster'],
  ['projectcalico.org/NetworkPolicy', 'namespaced'],
  ['projectcalico.org/GlobalNetworkPolicy', 'cluster'],
  ['projectcalico.org/StagedNetworkPolicy', 'namespaced'],
  ['projectcalico.org/StagedGlobalNetworkPolicy', 'cluster'],
  ['projectcalico.org/StagedKubernetesNetworkPolicy', 'namespaced'],
  ['policy.networking.k8s.io/ClusterNetworkPolicy', 'cluster'],
  ['policy.linkerd.io/Server', 'namespaced'],
  ['policy.linkerd.io/AuthorizationPolicy', 'namespaced'],
  ['policy.linkerd.io/MeshTLSAuthentication', 'namespaced'],
  ['policy.linkerd.io/NetworkAuthentication', 'namespaced'],
  ['security.istio.io/AuthorizationPolicy', 'namespaced'],
]);

/** Whether a run with this config may write objects of a `group/kind`. */
export function mayWrite(
  { dialects, identity, clusterWide }: Pick<Config, 'dialects' | 'identity' | 'clusterWide'>,
  groupKind: string,
): boolean {
  if (!WRITTEN_KINDS.has(groupKind)) return false;
  const words: readonly string[] = [...dialects, identity?.name ?? '', clusterWide?.api ?? ''];
  const group = groupKind.slice(0, groupKind.indexOf('/'));
  return words.some((word) => GROUPS[word] === group);
}

/** By what the config calls them. */
const GROUPS: Readonly<Record<string, string>> = {
  kubernetes: DIALECT_FACTS.kubernetes.group,
  cilium: DIALECT_FACTS.cilium.group,
  calico: DIALECT_FACTS.calico.group,
  'cluster-network-policy': 'policy.networking.k8s.io',
  linkerd: 'policy.linkerd.io',
  istio: 'security.istio.io',
};

/** Whether Postern may write objects of a kind, with some config. */
export function isWrittenKind({ apiVersion = '', kind = '' }: Partial<ObjectType>): boolean {
  return WRITTEN_KINDS.has(groupKindOf({ apiVersion, kind }));
}

/** What an object is, where it says so. */
interface ObjectType {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

/**
 * What makes two objects the same one. Kustomize's `namespace:` gives objects of the cluster a namespace too, which the
 * API server takes away again.
 */
export function identityOf(object: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}): string {
  const groupKind = groupKindOf(object);
  const namespace = WRITTEN_KINDS.get(groupKind) === 'cluster' ? '' : (object.namespace ?? '');
  return `${groupKind}/${namespace}/${object.name}`;
}
