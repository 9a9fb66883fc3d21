import type { LabelSelector } from './label-selector.ts';
import type { IpBlockPeer } from './network-policy.ts';
import type { PortSet } from './port.ts';
import type { Resource, StringMap } from './resource.ts';

/** The meshes whose authorization policies are written. */
export type IdentityName = 'linkerd' | 'istio';

export const IDENTITY_NAMES: readonly ['linkerd', 'istio'] = ['linkerd', 'istio'];

/** The config's `identity`. */
export interface IdentityConfig {
  readonly name: IdentityName;
  /** Istio: what the identities of its proxies begin with. */
  readonly trustDomain: string;
  /** Linkerd: where pods without a proxy, which have no identity, connect from. */
  readonly networks: readonly string[];
}

/** A service account. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** Who may connect, in the terms of a mesh: any of these. */
export interface Callers {
  readonly accounts: readonly Account[];
  /** Every service account of these. */
  readonly namespaces: readonly string[];
  readonly blocks: readonly IpBlockPeer[];
  /** Pods that have no proxy, so no identity. */
  readonly unmeshed: boolean;
  /** Nothing is known of them, or they may be anybody. */
  readonly everyone: boolean;
}

/** Who may connect to these ports. */
export interface GuardGrant {
  readonly ports: PortSet;
  readonly callers: Callers;
}

/** A closed workload of the mesh, and what its proxy is to let in. */
export interface Guard {
  readonly resource: Resource;
  readonly namespace: string;
  readonly writtenNamespace: string | undefined;
  readonly selector: LabelSelector;
  /** The same pods by labels alone; undefined where labels alone do not say it. */
  readonly labels: StringMap | undefined;
  /** TCP ports that its proxy guards. */
  readonly ports: readonly GuardPort[];
  readonly grants: readonly GuardGrant[];
  /** What was declared, for provenance. */
  readonly origins: readonly string[];
}

export interface GuardPort {
  readonly port: number;
  /** The proxy must not look for HTTP in what comes. */
  readonly opaque: boolean;
}
