import type { Changes, Manifest } from '../model/input.ts';

/** The changes with these annotations on what is new to the input: a client's own, such as the file of an object. */
export function annotateNew(changes: Changes, annotations: Readonly<Record<string, string>>): Changes {
  return { ...changes, append: changes.append.map(({ manifest }) => ({ manifest: annotate(manifest, annotations) })) };
}

function annotate(manifest: Manifest, annotations: Readonly<Record<string, string>>): Manifest {
  const metadata = manifest['metadata'] as Manifest;
  return {
    ...manifest,
    metadata: { ...metadata, annotations: { ...annotations, ...(metadata['annotations'] ?? {}) } },
  };
}
