/** `group/kind` of an object: `apps/Deployment`, `/Service`. */
export function groupKindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** `group/kind` as the API serves an object: what is written as extensions/v1beta1 has its present group. */
export function servedKindOf(object: { readonly apiVersion: string; readonly kind: string }): string {
  return groupKindOf(object).replace(/^extensions\//, 'networking.k8s.io/');
}

/** The group of an apiVersion: `apps` of `apps/v1`, '' of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
