import type { Sureness } from '../model/plan.ts';
import type { PortSet } from '../model/port.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';

/** Pods of the input, as the manifests name them: a workload, or a Service with the workloads behind it. */
export interface PodsEnd {
  readonly kind: 'pods';
  readonly resource: Resource;
  readonly namespace: string;
  readonly service: Service | undefined;
  readonly workloads: readonly Workload[];
}

/** Somebody who is not in the input. */
export interface Outsider {
  readonly kind: 'outsider';
  /** For people: `the API server`. */
  readonly name: string;
  /** How a list calls it, without ports: `internet`, `ingress-nginx/app.kubernetes.io/name=ingress-nginx`. */
  readonly peer: string;
  /** Its ports where it is called; undefined: those that its name stands for, else all. */
  readonly ports: PortSet | undefined;
  /** Why the peer is wider than it need be, and what to write instead. */
  readonly advice: string | undefined;
}

export type End = PodsEnd | Outsider;

/** Traffic that the manifests reveal. */
export interface Revealed {
  readonly source: End;
  readonly target: End;
  /** Ports of each workload of the target; one that is missing is meant with every port that it declares. */
  readonly ports: ReadonlyMap<Workload, PortSet>;
  readonly sureness: Sureness;
  /** Where it was seen: `env CART_ADDR of container web: "cart:7070"`. */
  readonly seen: string;
}

/** A workload as an end. What stands for a Service's pods is that Service. */
export function endOfWorkload(workload: Workload, services: readonly Service[]): PodsEnd {
  const { resource, namespace } = workload;
  const service = services.find((one) => one.resource === resource);
  return { kind: 'pods', resource, namespace, service, workloads: [workload] };
}
