import type { Cluster } from '../infer/cluster.ts';
import type { Caller } from '../model/caller.ts';
import type { PodHints } from '../model/pod-text.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { endOfWorkload, type PodsEnd, type Revealed } from './revealed.ts';

/** What traffic is looked for in. */
export interface RevealScene {
  readonly cluster: Cluster;
  readonly pods: ReadonlyMap<Workload, PodHints>;
  readonly callers: readonly Caller[];
  /** ServiceAccounts that a binding names, as `namespace/name`. */
  readonly bound: ReadonlyMap<string, Resource>;
  /** Gateways without pods, since Cilium serves them, as `namespace/name`. */
  readonly ciliumGateways: ReadonlySet<string>;
  /** Services by `namespace/name`. */
  readonly services: ReadonlyMap<string, Service>;
  /** Takes what names somebody who is not there. */
  readonly note: (workload: Workload, what: string, why: string) => void;
}

/** One way in which manifests reveal traffic. */
export type Source = (scene: RevealScene) => Iterable<Revealed>;

/** The pods of a Service; undefined where it has none that could be named. */
export function endOfService({ cluster }: RevealScene, service: Service): PodsEnd | undefined {
  const group = cluster.groupOf.get(service.resource);
  if (group === undefined || group.workloads.length === 0) return undefined;
  return {
    kind: 'pods',
    resource: service.resource,
    namespace: service.namespace,
    service,
    workloads: group.workloads,
  };
}

/** A workload as an end. */
export function endOf({ cluster }: RevealScene, workload: Workload): PodsEnd {
  return endOfWorkload(workload, cluster.servicesOf.get(workload) ?? []);
}
