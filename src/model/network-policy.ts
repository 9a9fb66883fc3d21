import type { Direction } from './direction.ts';
import type { LabelSelector } from './label-selector.ts';
import type { PortMatch } from './port.ts';
import type { Resource } from './resource.ts';

/** Pods by label. `namespaceSelector` undefined: those of the policy's own namespace; `[]`: of every namespace. */
export interface PodsPeer {
  readonly kind: 'pods';
  readonly namespaceSelector: LabelSelector | undefined;
  readonly podSelector: LabelSelector;
}

/** Addresses. All CIDRs as written. */
export interface IpBlockPeer {
  readonly kind: 'ipBlock';
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Names outside the cluster, for egress only: what DNS answers for them. `*` stands for letters up to the next dot. */
export interface HostPeer {
  readonly kind: 'host';
  /** `api.stripe.com`, `*.example.com` */
  readonly pattern: string;
}

/**
 * Ends that an API calls by a word of its own, such as Cilium's `kube-apiserver`; they are neither pods nor addresses.
 * `nodes` is Postern's own word for whatever is on the network of a node.
 */
export interface EntityPeer {
  readonly kind: 'entity';
  readonly entity: string;
}

/** Whatever stands behind a Service, on the ports of its endpoints: Calico's `services`. */
export interface ServicePeer {
  readonly kind: 'service';
  readonly namespace: string;
  readonly name: string;
}

export type Peer = PodsPeer | IpBlockPeer | HostPeer | EntityPeer | ServicePeer;

/** HTTP requests of one kind. Both are regular expressions that the whole must match; undefined is any. */
export interface HttpRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
}

/** What a proxy lets through of a rule's traffic: look-ups of any name, which it learns addresses from, or some requests. */
export type Requests =
  | { readonly kind: 'look-ups' }
  | { readonly kind: 'http'; readonly requests: readonly HttpRequest[] };

/** What a rule does with the connections that it matches. `pass`: those of the next tier are asked. */
export type Action = 'allow' | 'deny' | 'pass';

/** One entry of `ingress` or `egress`: these peers (`all`: anybody, inside and outside) on these ports. */
export interface Rule {
  /** `all` where `from`/`to` is absent or empty, as the API reads it. */
  readonly peers: 'all' | readonly Peer[];
  /** `all` where `ports` is absent or empty. */
  readonly ports: 'all' | readonly PortMatch[];
  /** undefined: no proxy looks at the traffic. */
  readonly requests?: Requests;
  /** undefined: `allow`, the only one that NetworkPolicy has. */
  readonly action?: Action;
  /** Where it is written, when that is not at its place in the list: `specs[1].ingressDeny[0]`. */
  readonly path?: string;
  /** What passes inside the connection, where that is not everything: `GET /api/.*`. */
  readonly only?: readonly string[];
}

/** The place of a policy in an order: the lowest tier is asked first, and in a tier the lowest policy. */
export interface Rank {
  readonly tier: string;
  /** Of the tier. */
  readonly order: number;
  readonly policy: number;
}

/** The tier of Calico that holds plain policies too, and where it stands among them. */
export const DEFAULT_TIER = { tier: 'default', order: 1_000_000 } as const;

/** What sets a policy of another API apart from a plain one. */
export interface Foreign {
  /** The API decides how rules of several policies are weighed. `cluster`: policy.networking.k8s.io. */
  readonly api: 'cilium' | 'calico' | 'cluster';
  readonly kind: string;
  /** The pods that it is about, instead of `podSelector` in `namespace`: those that any of these finds. */
  readonly subjects: readonly PodsPeer[];
  /** The directions that it closes to what nothing allows. */
  readonly closes: readonly Direction[];
  /** undefined: of an API without an order. */
  readonly rank?: Rank;
}

/**
 * A networking.k8s.io/v1 NetworkPolicy, normalised: `policyTypes` and absent lists are decided. With `foreign` it is one
 * of another API.
 */
export interface NetworkPolicy {
  readonly name: string;
  /** Namespace for matching; '' when the object has none and the config does not say. */
  readonly namespace: string;
  readonly podSelector: LabelSelector;
  /** undefined: this policy does not isolate for ingress; `[]`: it isolates and allows nothing. */
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
  /** The object it was read from; undefined for one that is about to be written. */
  readonly resource?: Resource;
  /** undefined: a plain NetworkPolicy. */
  readonly foreign?: Foreign;
}
