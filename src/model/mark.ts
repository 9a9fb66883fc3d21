/** Who generated a policy and under which name: `netpol/web`. The key does not follow the configured prefix. */
export const MARK = 'postern.dev/generated';

/** Which declarations a generated policy came from, a line each. */
export const PROVENANCE = 'postern.dev/from';

/** Argo CD applies objects of lower waves first. */
export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** The label by which every generated policy is found, and deleted when rolling back. */
export const MANAGED_BY = { 'app.kubernetes.io/managed-by': 'postern' } as const;
