import { type Changes, type Manifest, NO_CHANGES, type PlacedObject } from '../model/input.ts';
import { MARK, PROVENANCE } from '../model/mark.ts';
import { placeOf, type Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { MarkedObject } from '../model/resources.ts';
import { identityOf } from '../model/written-kinds.ts';

/**
 * What to do so that the input holds exactly the wanted objects beside what others wrote. `ours` are those of an
 * earlier run: each is left as it is, written anew in its place, or removed.
 */
export function reconcile(wanted: readonly PlacedObject[], ours: readonly MarkedObject[], report: Report): Changes {
  if (ours.length === 0) return { ...NO_CHANGES, append: wanted };
  const replace = new Map<number, Manifest>();
  const remove = new Set<number>();
  const missing = new Map(wanted.map((policy) => [identityOf(policy), policy]));
  for (const { resource, manifest } of ours) {
    const key = identityOf(resource);
    const now = missing.get(key);
    if (now === undefined) {
      remove.add(resource.source.item);
      const message = 'is removed: an earlier run generated it, and nothing declares it any more';
      report({ ...placeOf(resource), code: 'removed-policy', severity: 'info', message });
      continue;
    }
    missing.delete(key);
    const next = keepForeign(now.manifest, manifest);
    if (canonical(next) !== canonical(manifest)) replace.set(resource.source.item, next);
  }
  return { replace, remove, append: [...missing.values()] };
}

/**
 * Reports what somebody else's object would be replaced by: a cluster holds one object of a name. What could be called
 * otherwise already is.
 */
export function refuseOverwriting(wanted: readonly PlacedObject[], others: readonly Resource[], report: Report): void {
  if (others.length === 0) return;
  const missing = new Map(wanted.map((object) => [identityOf(object), object]));
  for (const resource of others) {
    const object = missing.get(identityOf(resource));
    if (object === undefined) continue;
    const message =
      `must have another name than the ${object.kind} that Postern writes, got "${resource.name}": ` +
      'a cluster holds one of the two, so rename yours';
    report({
      ...placeOf(resource, 'metadata.name'),
      code: 'name-collision',
      severity: 'error',
      message,
      got: resource.name,
    });
  }
}

/** A sync wave is not among them: without `syncWaves` it is the user's. */
const WRITTEN: ReadonlySet<string> = new Set([MARK, PROVENANCE]);

/**
 * The wanted policy with the labels and annotations that others put on the present one: the client's own, such as the
 * file that kpt keeps it in, and the user's.
 */
function keepForeign(wanted: Manifest, present: Manifest): Manifest {
  const metadata = asMapping(wanted['metadata']);
  const before = asMapping(present['metadata']);
  const annotations = asMapping(before['annotations']);
  const foreign = Object.fromEntries(Object.entries(annotations).filter(([key]) => !WRITTEN.has(key)));
  return {
    ...wanted,
    metadata: {
      ...metadata,
      labels: { ...asMapping(before['labels']), ...asMapping(metadata['labels']) },
      annotations: { ...foreign, ...asMapping(metadata['annotations']) },
    },
  };
}

function asMapping(value: unknown): Manifest {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Manifest) : {};
}

/** A string that is the same for values with the same meaning. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
