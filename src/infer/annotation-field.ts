import type { Config } from '../model/config.ts';

/** The field of an annotation, as problems print it: `metadata.annotations["postern.dev/isolate"]`. */
export function annotationField({ annotationPrefix }: Config, name: string): string {
  return `metadata.annotations["${annotationPrefix}${name}"]`;
}
