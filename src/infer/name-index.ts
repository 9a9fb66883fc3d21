import type { Resource } from '../model/resource.ts';
import type { Cluster } from './cluster.ts';

/** An object that an item may name. */
export interface Named {
  readonly resource: Resource;
  readonly namespace: string;
  readonly role: 'workload' | 'service';
}

/** Objects by every name that they have or had. */
export type NameIndex = ReadonlyMap<string, readonly Named[]>;

/** Indexes workloads, Services and the entries of `pods`. */
export function indexNames(cluster: Cluster): NameIndex {
  const index = new Map<string, Named[]>();
  const templates = cluster.workloads.filter(({ origin }) => origin === 'template');
  const groups = cluster.groups.map(({ resource, namespace, service }) => ({
    resource,
    namespace,
    role: service === undefined ? ('workload' as const) : ('service' as const),
  }));
  const all = [
    ...templates.map(({ resource, namespace }) => ({ resource, namespace, role: 'workload' as const })),
    ...groups,
  ];
  for (const named of all) {
    for (const name of [named.resource.name, ...named.resource.previousNames]) {
      const known = index.get(name);
      if (known === undefined) index.set(name, [named]);
      else known.push(named);
    }
  }
  return index;
}
