import type { PortTerm } from '../model/declaration.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import type { RulePeer } from '../policy/peer.ts';
import type { Front } from './target-ports.ts';

/** One object of the input: it is spoken for at both ends. */
export interface ObjectPeer {
  readonly kind: 'object';
  readonly resource: Resource;
  readonly namespace: string;
  readonly workloads: readonly Workload[];
  /** The Service that was named. */
  readonly service: Service | undefined;
}

/** Pods by selector: spoken for at the speaker's own end only. */
export interface PodSetPeer {
  readonly kind: 'podSet';
  /** undefined: the namespace of the policy. */
  readonly namespaceSelector: LabelSelector | undefined;
  readonly podSelector: LabelSelector;
}

/** Addresses, or anybody. */
export interface OutsidePeer {
  readonly kind: 'outside';
  readonly peers: readonly RulePeer[];
  /** How the ports of a selectorless Service are read: on its endpoints. */
  readonly front: Front | undefined;
}

/** What the peer of an item turned out to be. */
export type ResolvedPeer = ObjectPeer | PodSetPeer | OutsidePeer;

/** An item's peer, or one of several that an alias stands for, with the ports that apply to it. */
export interface ResolvedItem {
  readonly peer: ResolvedPeer;
  /** The item's own ports, else the alias's; undefined: none were written. */
  readonly ports: readonly PortTerm[] | undefined;
  /** The ports are an alias's: they are its own, never the speaker's. */
  readonly aliasPorts: boolean;
}
