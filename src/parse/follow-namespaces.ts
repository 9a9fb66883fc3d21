import type { ReadObject } from './resource.ts';

/** Gives an object the earlier namespaces that its Namespace remembers. */
export type FollowNamespaces = (object: ReadObject) => ReadObject;

/**
 * Kustomize's `namespace:` renames the Namespace object too, and only that one remembers the old name where the other
 * objects said no namespace before: what is in `shop-staging` now was in `shop`, if that is what its Namespace was called.
 */
export function followNamespaces(namespaces: readonly ReadObject[]): FollowNamespaces {
  const earlier = new Map<string, readonly string[]>();
  for (const { resource } of namespaces) {
    const names = resource.previousNames.filter((name) => name !== 'default');
    if (names.length > 0) earlier.set(resource.name, names);
    else earlier.delete(resource.name);
  }
  return (object) => {
    const { namespace, previousNamespaces } = object.resource;
    const names = namespace === undefined ? undefined : earlier.get(namespace);
    if (names === undefined || names.every((name) => previousNamespaces.includes(name))) return object;
    const all = [...new Set([...names, ...previousNamespaces])];
    return { ...object, resource: { ...object.resource, previousNamespaces: all } };
  };
}
