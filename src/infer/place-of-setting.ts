import type { Config } from '../model/config.ts';
import { type Place, placeOf } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';

/**
 * The place of a setting: the annotation, `metadata.annotations["postern.dev/isolate"]`, or the object alone where the
 * config's rules or pods say it in its stead.
 */
export function placeOfSetting(
  { annotationPrefix }: Config,
  resource: Resource,
  name: 'isolate' | 'trust' | 'dns',
): Place {
  const annotation = `${annotationPrefix}${name}`;
  const isAnnotated = Object.hasOwn(resource.annotations, annotation);
  return placeOf(resource, isAnnotated ? `metadata.annotations["${annotation}"]` : undefined);
}
