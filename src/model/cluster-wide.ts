import type { LabelSelector } from './label-selector.ts';

/** The APIs whose policies hold for the whole cluster, as the config's `clusterWide.api` calls them. */
export type ClusterWideApi = 'calico' | 'cilium' | 'cluster-network-policy';

/** All names, for the config. */
export const CLUSTER_WIDE_APIS: readonly ClusterWideApi[] = ['calico', 'cilium', 'cluster-network-policy'];

/** What a rule of the platform does with what it matches: `pass` leaves it to the policies of the teams. */
export type GuardRailAction = 'allow' | 'deny' | 'pass';

/** Pods of namespaces, all of which must be selected in both ways. */
export interface SubjectSelector {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}
