import type { Config } from './config.ts';
import { DIALECT_FACTS } from './dialect.ts';

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

/** `group/kind` of an object: `apps/Deployment`, `/Service`. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
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
