import type { Cluster } from './cluster.ts';
import { indexNames } from './name-index.ts';
import { indexNamespaces } from './namespaces.ts';
import type { Names } from './resolve-item.ts';

/** Everything that the names of lists are looked up in. */
export function namesIn(cluster: Cluster): Names {
  return {
    cluster,
    names: indexNames(cluster),
    namespaces: indexNamespaces(cluster),
    aliases: new Map(cluster.config.peers.map((alias) => [alias.name, alias])),
  };
}
