import type { Resource } from '../model/resource.ts';
import type { Cluster } from './cluster.ts';
import { inside } from './map-in-map.ts';

/** An object that an item may name. */
export interface Named {
  readonly resource: Resource;
  readonly namespace: string;
  readonly role: 'workload' | 'service';
}

/** Objects by every name that they have or had. */
export interface NameIndex {
  readonly byName: ReadonlyMap<string, readonly Named[]>;
  /** By namespace and name, in the present namespace and in previous ones. */
  readonly byPlace: ReadonlyMap<string, ReadonlyMap<string, readonly Named[]>>;
}

/** Indexes workloads, Services and the entries of `pods`. */
export function indexNames(cluster: Cluster): NameIndex {
  const byName = new Map<string, Named[]>();
  const byPlace = new Map<string, Map<string, Named[]>>();
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
    const { name, previousNames, previousNamespaces } = named.resource;
    const namespaces =
      previousNamespaces.length === 0 ? [named.namespace] : new Set([named.namespace, ...previousNamespaces]);
    for (const called of [name, ...previousNames]) {
      push(byName, called, named);
      for (const namespace of namespaces) push(inside(byPlace, namespace), called, named);
    }
  }
  return { byName, byPlace };
}

function push(index: Map<string, Named[]>, key: string, named: Named): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [named]);
  else known.push(named);
}
