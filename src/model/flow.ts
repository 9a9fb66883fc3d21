import type { EntityPeer, HostPeer, NetworkPolicy, ServicePeer } from './network-policy.ts';
import type { ContainerPort, Protocol } from './port.ts';
import type { StringMap } from './resource.ts';

/**
 * One end of a connection: a pod with what selectors see of it, an address (`of: 'node'`: that of pods on their node's
 * network), or what only a word or a name of some API finds.
 */
export type Endpoint =
  | {
      readonly kind: 'pod';
      readonly namespace: string;
      readonly labels: StringMap;
      readonly namespaceLabels: StringMap;
      /** Named ports are resolved against these. */
      readonly ports: readonly ContainerPort[];
    }
  | { readonly kind: 'ip'; readonly address: string; readonly of?: 'node' }
  | { readonly kind: 'named'; readonly peer: HostPeer | EntityPeer | ServicePeer };

/** A connection that may be tried: from source to a port of destination. */
export interface Flow {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly protocol: Protocol;
  readonly port: number;
}

/** A rule that let a connection through: which policy, and its place in `ingress` or `egress`. */
export interface Witness {
  readonly policy: NetworkPolicy;
  readonly rule: number;
}

/** What the policies that select one end say. */
export interface EndVerdict {
  /** Policies that isolate this end in this direction; none: everything passes. */
  readonly isolatedBy: readonly NetworkPolicy[];
  /** Rules that allow the connection. */
  readonly allowedBy: readonly Witness[];
  readonly allowed: boolean;
}

/** Whether a connection passes, and why. */
export interface Verdict {
  readonly allowed: boolean;
  /** Of the source, for egress. */
  readonly egress: EndVerdict;
  /** Of the destination, for ingress. */
  readonly ingress: EndVerdict;
}
