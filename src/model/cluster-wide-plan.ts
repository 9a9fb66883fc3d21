import type { ClusterWide, GuardRailEntry } from './config.ts';
import type { IpBlockPeer, PodsPeer, Rule } from './network-policy.ts';
import type { PortSet } from './port.ts';

/** A rule of the platform whose words are resolved: peers in every namespace, and addresses without exceptions. */
export interface GuardRail extends Pick<GuardRailEntry, 'name' | 'action' | 'subject' | 'direction' | 'place'> {
  readonly peers: readonly (PodsPeer | IpBlockPeer)[];
  readonly ports: PortSet;
}

/** What is written for the whole cluster. */
export interface ClusterWidePlan {
  readonly config: ClusterWide;
  /** Namespaces that are left alone, in order. */
  readonly exclude: readonly string[];
  /** What stays open for egress where that is closed. */
  readonly dns: readonly Rule[];
  readonly rails: readonly GuardRail[];
}
