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

/** `group/kind` of an object: `apps/Deployment`, `/Service`. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const slash = apiVersion.indexOf('/');
  return `${slash < 0 ? '' : apiVersion.slice(0, slash)}/${kind}`;
}
