/** A text of a pod template, or of a ConfigMap that its containers read, in which the manifest may name who it calls. */
export interface PodText {
  readonly text: string;
  /** The variable, flag or key that holds it: `CART_ADDR`, `--db-host`. */
  readonly key: string | undefined;
  /** `env CART_ADDR of container web`, `ConfigMap "api", key CART_ADDR`. */
  readonly where: string;
  /** `file`: text of a mounted file, where an address may be a remark. */
  readonly form: 'value' | 'file';
  /** Texts of one scope are read together: `DB_HOST` and `DB_PORT` of one container. */
  readonly scope: string;
}

/** What the manifests say about one workload's pods, beside what policies need. */
export interface PodHints {
  readonly texts: readonly PodText[];
  /** What may name others and is not read: a Secret, a ConfigMap that is not in the input. */
  readonly unread: readonly string[];
  readonly serviceAccount: string;
  /** A single pod has no other of its kind to talk to. */
  readonly isSingle: boolean;
  /** Ports that the kubelet probes: numbers and names of the pods' ports. */
  readonly probes: readonly string[];
}
