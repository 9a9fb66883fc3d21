import type { ReadObject } from './resource.ts';

/**
 * Kustomize's `namespace:` renames the Namespace object too, and only that one remembers the old name where the other
 * objects said no namespace before: what is in `shop-staging` now was in `shop`, if that is what its Namespace was called.
 */
export function followNamespaces(objects: readonly ReadObject[]): readonly ReadObject[] {
  const earlier = new Map(
    objects
      .filter(({ resource }) => resource.kind === 'Namespace' && resource.apiVersion === 'v1')
      .map(({ resource }) => [resource.name, resource.previousNames.filter((name) => name !== 'default')]),
  );
  return objects.map((object) => {
    const { namespace, previousNamespaces } = object.resource;
    const names = namespace === undefined ? [] : (earlier.get(namespace) ?? []);
    if (names.every((name) => previousNamespaces.includes(name))) return object;
    const all = [...new Set([...names, ...previousNamespaces])];
    return { ...object, resource: { ...object.resource, previousNamespaces: all } };
  });
}
