import type { Guard } from '../model/identity.ts';
import { MANAGED_BY } from '../model/mark.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import { marks } from './marks.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';

/** Writes what the proxies of a mesh are to let in, in the words of that mesh. */
export type GuardRenderer = (guards: readonly Guard[], context: RenderContext) => RenderedPolicy[];

/** An object about one guarded workload. */
export interface IdentityObject {
  readonly type: { readonly apiVersion: string; readonly kind: string };
  readonly name: string;
  /** `deny` closes something: it is synced after what allows. */
  readonly effect: PlannedPolicy['kind'];
  readonly spec: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The object with its marks. */
export function identityObject(
  { type, name, effect, spec, annotations }: IdentityObject,
  { namespace, writtenNamespace, origins }: Guard,
  context: RenderContext,
): RenderedPolicy {
  const marked = { kind: effect, origins, policy: { namespace } };
  const manifest = {
    ...type,
    metadata: {
      name,
      ...(writtenNamespace === undefined ? {} : { namespace: writtenNamespace }),
      labels: MANAGED_BY,
      annotations: { ...annotations, ...marks(marked, name, context) },
    },
    spec,
  };
  return { ...type, name, namespace: writtenNamespace, manifest };
}

/** How many identities one object names: well below what annotations hold, in which kubectl keeps a copy. */
const MOST_IDENTITIES = 1000;

/** Lists of a size that fits into an object. No list is one empty part less. */
export function inParts<Value>(values: readonly Value[]): Value[][] {
  const count = Math.ceil(values.length / MOST_IDENTITIES);
  return Array.from({ length: count }, (_, index) =>
    values.slice(index * MOST_IDENTITIES, (index + 1) * MOST_IDENTITIES),
  );
}

/** `web-8080`, `web-8080-part-2` */
export function partOf(name: string, index: number): string {
  return index === 0 ? name : `${name}-part-${index + 1}`;
}
