/** Labels or annotations of an object: plain string maps without a prototype's names in them. */
export type StringMap = Readonly<Record<string, string>>;

/** Where an object came from: its place in the input, and its file when the client named one. */
export interface Source {
  /** Zero-based position in the input's items; negative for what the config alone describes. */
  readonly item: number;
  /** `config.kubernetes.io/path`, relative to the package. */
  readonly file?: string;
  /** `config.kubernetes.io/index`: the object's position inside that file. */
  readonly fileIndex?: number;
}

/** What an object is called, and what it was called before transformers renamed it. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  /** `metadata.name`, else `metadata.generateName`; '' only beside a problem. */
  readonly name: string;
  /** The API server completes the name, so several objects may share it. */
  readonly generateName: boolean;
  /** As written; undefined when the object names no namespace. */
  readonly namespace: string | undefined;
  /** Names of earlier build steps, oldest first, without the present one. */
  readonly previousNames: readonly string[];
  /** Namespaces of earlier build steps, without the present one and without Kustomize's placeholders. */
  readonly previousNamespaces: readonly string[];
  /** Prefixes and suffixes that Kustomize added, innermost first. */
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly source: Source;
}

/** What an object is called that the config stands for, or that is known by its name only: it has no place in the input. */
export function unwrittenResource(kind: string, name: string, namespace: string | undefined): Resource {
  return {
    apiVersion: 'v1',
    kind,
    name,
    generateName: false,
    namespace,
    previousNames: [],
    previousNamespaces: [],
    prefixes: [],
    suffixes: [],
    labels: {},
    annotations: {},
    source: { item: -1 },
  };
}
