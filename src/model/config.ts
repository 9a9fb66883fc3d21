import type { ClusterWideApi, GuardRailAction, SubjectSelector } from './cluster-wide.ts';
import type { Item, PortTerm, RequestLine, Trust } from './declaration.ts';
import type { DialectName } from './dialect.ts';
import type { Direction, Isolate } from './direction.ts';
import type { Entity } from './entities.ts';
import type { Expectation } from './expectation.ts';
import type { IdentityConfig } from './identity.ts';
import type { LabelSelector } from './label-selector.ts';
import type { MeshConfig } from './mesh.ts';
import type { ContainerPort } from './port.ts';
import type { Place } from './problem.ts';

/** A Service by name, whether or not it is in the input. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** One alternative of an alias: pods by full selectors, or what is outside: addresses and other words for them. */
export type AliasPeer =
  | {
      readonly kind: 'pods';
      /** undefined: the namespace of the object that uses the alias; `[]`: every namespace. */
      readonly namespaceSelector: LabelSelector | undefined;
      readonly podSelector: LabelSelector;
      readonly ports: readonly PortTerm[] | undefined;
    }
  | {
      readonly kind: 'cidrs';
      readonly cidrs: readonly { readonly cidr: string; readonly except: readonly string[] }[];
      /** The same peer in the words of dialects that follow a Service: they use these, the others the addresses. */
      readonly services: readonly ServiceName[];
      /** The same peer in the words of dialects that know ends by what they are. */
      readonly entities: readonly Entity[];
      readonly ports: readonly PortTerm[] | undefined;
    }
  /** A grammar string: `ingress-controller: system-ingress/app-name=ingress-nginx`. */
  | { readonly kind: 'items'; readonly items: readonly Item[] };

/** An entry of `peers`. */
export interface Alias {
  /** `name` or `ns/name`. */
  readonly name: string;
  readonly peers: readonly AliasPeer[];
  readonly place: Place;
}

/** What the config says in an object's stead. */
export interface SaidForObject {
  readonly allowFrom: readonly Item[] | undefined;
  readonly allowTo: readonly Item[] | undefined;
  readonly isolate: Isolate | undefined;
  readonly trust: Trust | undefined;
  readonly noDns: boolean;
  /** undefined: they may request everything. Never empty. */
  readonly http: readonly RequestLine[] | undefined;
  readonly place: Place;
}

/** An entry of `pods`: pods that an operator makes. */
export interface PodsEntry extends SaidForObject {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly podSelector: LabelSelector;
  readonly ports: readonly ContainerPort[];
  /** undefined: not known. */
  readonly serviceAccount: string | undefined;
}

/** An entry of `rules`; absent fields of the target match everything, as in Kustomize's patches. */
export interface RuleEntry extends SaidForObject {
  readonly target: {
    readonly group: string | undefined;
    readonly version: string | undefined;
    readonly kind: string | undefined;
    readonly name: string | undefined;
    readonly namespace: string | undefined;
    readonly labelSelector: LabelSelector | undefined;
    readonly annotationSelector: LabelSelector | undefined;
  };
}

/** A kind whose pods are made from a template at a path of its own. */
export interface WorkloadKind {
  /** undefined: any group. `apps.example.com`, without the version. */
  readonly group: string | undefined;
  readonly kind: string;
  /** Where the pod template is: ['spec', 'template']. */
  readonly template: readonly string[];
  /** Where the label selector is; undefined: the template's labels select its pods. */
  readonly selector: readonly string[] | undefined;
}

/** One entry of `clusterWide.rules`, as written. */
export interface GuardRailEntry {
  readonly name: string;
  readonly action: GuardRailAction;
  readonly subject: SubjectSelector;
  readonly direction: Direction;
  readonly peers: readonly AliasPeer[];
  readonly ports: readonly PortTerm[] | undefined;
  readonly place: Place;
}

/** The config's `clusterWide`. */
export interface ClusterWide {
  readonly api: ClusterWideApi;
  readonly defaultDeny: Isolate;
  readonly dns: boolean;
  /** Of the first object; those after it follow. */
  readonly priority: number;
  readonly rules: readonly GuardRailEntry[];
  readonly place: Place;
}

/** The function's config, normalised and with every default filled in. */
export interface Config {
  /** What the kind of the config asks for: policies, or to be told what does not hold. */
  readonly task: 'generate' | 'check';
  readonly owner: string;
  readonly annotationPrefix: string;
  readonly isolate: Isolate | undefined;
  readonly trust: Trust;
  readonly minimum: { readonly isolate: Isolate; readonly trust: Trust };
  readonly namespace: string | undefined;
  readonly namespaces: readonly string[];
  /** kube-system, kube-public and kube-node-lease included. */
  readonly exclude: readonly string[];
  readonly peers: readonly Alias[];
  readonly always: { readonly allowTo: readonly Item[]; readonly allowFrom: readonly Item[] };
  readonly dns: { readonly peers: readonly AliasPeer[]; readonly nodeLocal: readonly string[] };
  /** undefined: nothing is said of a mesh. */
  readonly mesh: MeshConfig | undefined;
  /** undefined: no authorization policies of a mesh are written. */
  readonly identity: IdentityConfig | undefined;
  readonly nodes: readonly string[];
  readonly privateRanges: readonly string[];
  readonly pods: readonly PodsEntry[];
  readonly rules: readonly RuleEntry[];
  readonly workloadKinds: readonly WorkloadKind[];
  /** Who must and who must not connect to whom. */
  readonly expect: readonly Expectation[];
  readonly syncWaves: boolean;
  readonly verbose: boolean;
  /** The APIs whose policies are written, in the order of the config; never empty. */
  readonly dialects: readonly DialectName[];
  /** The one of `dialects` that is being worked on: what one of them cannot say is an error in that one. */
  readonly dialect: DialectName;
  /** Whether policies are enforced, or only observed where a dialect can do that. */
  readonly mode: 'enforce' | 'observe';
  /** Policies for the whole cluster. */
  readonly clusterWide: ClusterWide | undefined;
  /** Where the config is, for problems that concern it as a whole. */
  readonly place: Place;
}
