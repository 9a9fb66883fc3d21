import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { NODES, podsOf, type RulePeer } from '../policy/peer.ts';
import type { Cluster } from './cluster.ts';

/** The pods that a list speaks for. */
export type Subject =
  | {
      readonly kind: 'workloads';
      readonly resource: Resource;
      readonly namespace: string;
      readonly workloads: readonly Workload[];
      /** The Service that speaks for the pods behind it. */
      readonly service: Service | undefined;
    }
  | { readonly kind: 'namespace'; readonly resource: Resource; readonly namespace: string }
  /** A workload that the config's `always` speaks for: as one of a set, not as an object that declares its ports. */
  | {
      readonly kind: 'each';
      readonly resource: Resource;
      readonly namespace: string;
      readonly workloads: readonly Workload[];
    };

/** The subject of an object's lists; undefined where it has no pods of its own. */
export function subjectOf(cluster: Cluster, resource: Resource): Subject | undefined {
  if (resource.kind === 'Namespace') return { kind: 'namespace', resource, namespace: resource.name };
  const group = cluster.groupOf.get(resource);
  if (group !== undefined) return { kind: 'workloads', ...group };
  const workload = cluster.workloadOf.get(resource);
  if (workload === undefined) return undefined;
  return { kind: 'workloads', resource, namespace: workload.namespace, workloads: [workload], service: undefined };
}

/** The subject as peers, seen from a policy of `viewer`; none where nothing tells its pods from others. */
export function peersOfSubject(subject: Subject, viewer: string): RulePeer[] {
  if (subject.kind === 'namespace') {
    const pods = podsOf(subject.namespace, [], viewer);
    return pods === undefined ? [] : [pods];
  }
  const peers: RulePeer[] = [];
  for (const workload of subject.workloads) {
    const peer = peerOfWorkload(workload, viewer);
    if (peer !== undefined) peers.push(peer);
  }
  return peers;
}

/** A workload's pods as a peer, seen from a policy of `viewer`; undefined where no selector can name them. */
export function peerOfWorkload(workload: Workload, viewer: string): RulePeer | undefined {
  if (workload.isKnownByNode) return NODES;
  return workload.selector.length === 0 ? undefined : podsOf(workload.namespace, workload.selector, viewer);
}

/** `Deployment/shop/web`, as provenance and messages call an object. */
export function nameOf({ kind, namespace, name }: Pick<Resource, 'kind' | 'namespace' | 'name'>): string {
  return namespace === undefined ? `${kind}/${name}` : `${kind}/${namespace}/${name}`;
}
