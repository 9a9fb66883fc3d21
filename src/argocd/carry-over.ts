import { writeOutput } from '../emit/write-output.ts';
import type { Changes, Input, Manifest } from '../model/input.ts';
import { identityOf, isWrittenKind } from '../model/written-kinds.ts';
import { isMapping } from '../parse/fields.ts';
import { openInput } from '../parse/input/open-input.ts';

/** What Kustomize writes for itself, and takes away at the end of a build. */
const INTERNAL = /^(?:internal\.)?config\.(?:kubernetes|k8s)\.io\//;

/**
 * Does to a finished build what a run did to the same objects on their way: its policies are the same ones, found by
 * their names, while what is around them has been finished.
 */
export function carryOver(changes: Changes, seen: string, build: string): string {
  const finished = openInput(build, ignore);
  const looked = openInput(seen, ignore);
  if (finished === undefined || looked === undefined) return build;
  const places = changes.replace.size + changes.remove.size === 0 ? new Map() : placesOf(finished);
  const indexOf = (index: number): number[] => {
    const item = looked.items.find((candidate) => candidate.index === index);
    const place = item && places.get(keyOf(item));
    return place === undefined ? [] : [place];
  };
  const replace = [...changes.replace].flatMap(([index, manifest]) =>
    indexOf(index).map((place): [number, Manifest] => [place, withoutInternal(manifest)]),
  );
  const remove = new Set([...changes.remove].flatMap(indexOf));
  return writeOutput(finished, { replace: new Map(replace), remove, append: changes.append }, []);
}

function ignore(): void {}

function placesOf({ items }: Input): Map<string, number> {
  const policies = items.filter(isWrittenKind);
  return new Map(policies.map((item) => [keyOf(item), item.index]));
}

function keyOf(item: Input['items'][number]): string {
  const read = item.read();
  const metadata = 'value' in read && isMapping(read.value) ? read.value['metadata'] : undefined;
  if (!isMapping(metadata)) return '';
  const { apiVersion = '', kind = '' } = item;
  const { name, namespace } = metadata;
  return identityOf({
    apiVersion,
    kind,
    name: String(name),
    namespace: namespace == null ? undefined : String(namespace),
  });
}

function withoutInternal(manifest: Manifest): Manifest {
  const metadata = isMapping(manifest['metadata']) ? manifest['metadata'] : {};
  const annotations = isMapping(metadata['annotations']) ? metadata['annotations'] : {};
  const kept = Object.entries(annotations).filter(([key]) => !INTERNAL.test(key));
  return { ...manifest, metadata: { ...metadata, annotations: Object.fromEntries(kept) } };
}
