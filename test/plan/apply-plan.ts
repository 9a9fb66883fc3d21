import { dump, loadAll } from 'js-yaml';
import type { Plan } from '../../src/model/plan.ts';
import type { Resource } from '../../src/model/resource.ts';

interface Manifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly items?: readonly Manifest[];
  readonly metadata?: Metadata;
}

interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A stream with the annotations of a plan, as a user's patches would make it. */
export function applyPlan(input: string, plan: Plan): string {
  const objects = loadAll(input).filter((object): object is Manifest => typeof object === 'object' && object !== null);
  const annotated = objects.flatMap(membersOf).map((object) => annotate(object, plan));
  return annotated.map((object) => dump(object)).join('---\n');
}

/** Members of a PodList need not repeat their kind. */
function membersOf(object: Manifest): readonly Manifest[] {
  if (object.kind?.endsWith('List') !== true || !Array.isArray(object.items)) return [object];
  const { apiVersion, kind } = object;
  return (object.items as readonly Manifest[]).flatMap((member) =>
    membersOf({ ...(kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -4) }), ...member } as Manifest),
  );
}

function annotate(object: Manifest, { namespaces }: Plan): Manifest {
  const said = namespaces
    .flatMap(({ objects }) => objects)
    .filter(({ resource }) => isSame(object, resource))
    .flatMap(({ annotations }) => annotations.map(({ key, value }) => [key, value] as const));
  if (said.length === 0) return object;
  const { metadata } = object;
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata?.annotations, ...Object.fromEntries(said) } },
  };
}

function isSame({ apiVersion, kind, metadata }: Manifest, resource: Resource): boolean {
  return (
    apiVersion === resource.apiVersion &&
    kind === resource.kind &&
    metadata?.name === resource.name &&
    metadata.namespace === resource.namespace
  );
}
