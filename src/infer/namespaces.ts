import { nearest } from '../model/nearest.ts';
import type { Cluster } from './cluster.ts';
import type { Speaker } from './resolve-name.ts';

/** Which namespaces the input knows, and where those went that a build moved. */
export interface NamespaceIndex {
  readonly known: ReadonlySet<string>;
  /** Present namespaces of objects that were in this one before. */
  readonly movedTo: ReadonlyMap<string, ReadonlySet<string>>;
  /** The known namespace that an unknown name was probably meant to be. */
  readonly nearestTo: (name: string) => string | undefined;
}

/** Indexes the namespaces that objects are in, that Namespace objects name, and that the config lists. */
export function indexNamespaces(cluster: Cluster): NamespaceIndex {
  const { config, namespaces, workloadsIn, workloads, groups } = cluster;
  const known = new Set(
    [...workloadsIn.keys(), ...namespaces.keys(), ...config.namespaces].filter((name) => name !== ''),
  );
  const movedTo = new Map<string, Set<string>>();
  const move = (from: string, to: string): void => {
    const targets = movedTo.get(from);
    if (targets === undefined) movedTo.set(from, new Set([to]));
    else targets.add(to);
  };
  for (const { resource, namespace } of [...workloads, ...groups]) {
    for (const previous of resource.previousNamespaces) move(previous, namespace);
  }
  for (const { name, previousNames } of namespaces.values()) {
    for (const previous of previousNames) move(previous, name);
  }
  return { known, movedTo, nearestTo: nearestAmong(known) };
}

/** Each name is compared once: an alias is read for every namespace. */
function nearestAmong(known: ReadonlySet<string>): NamespaceIndex['nearestTo'] {
  const compared = new Map<string, string | undefined>();
  return (name) => {
    if (!compared.has(name)) compared.set(name, nearest(name, known));
    return compared.get(name);
  };
}

/**
 * The namespaces that a written one may mean now: itself, or where a build moved its objects. One that the input does
 * not know means itself. Of several, the speaker's own stays, else the one that has the written name now.
 */
export function namespacesMeant(index: NamespaceIndex, written: string, speaker: Speaker): readonly string[] {
  const moved = index.movedTo.get(written);
  if (moved === undefined) return [written];
  const meant = new Set([...(index.known.has(written) ? [written] : []), ...moved]);
  const plain = [speaker.namespace, written].find((namespace) => meant.has(namespace));
  return plain === undefined ? [...meant].sort() : [plain];
}
