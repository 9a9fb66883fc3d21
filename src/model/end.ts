import type { Endpoint } from './flow.ts';
import type { Workload } from './workload.ts';

/**
 * One end of connections, as tables of who reaches whom call it. `workload`: pods of the input, of the config's `pods`,
 * or behind a Service. `host`: the same on the network of their node, where no policy binds them. `absent`: pods that a
 * policy names and the input does not have. `others`: pods that nobody names. `addresses`: a part of the address space.
 * `named`: what a policy calls by a word or a name of its API: Cilium's entities, hosts, Calico's Services.
 */
export interface End {
  readonly kind: 'workload' | 'host' | 'absent' | 'others' | 'addresses' | 'named';
  /** Unique: `shop/web`, `kube-system/k8s-app=kube-dns`, `10.0.0.0/8!10.1.0.0/16`. */
  readonly name: string;
  /** undefined where it is in none that has a name; '' where the objects say none. */
  readonly namespace: string | undefined;
  readonly endpoint: Endpoint;
  /** What it was read from; several where a controller that is not in the input made pods alike. */
  readonly workloads: readonly Workload[];
}
