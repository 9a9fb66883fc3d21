import type { PlannedPolicy } from '../../model/planned-policy.ts';
import type { RenderContext, RenderedPolicy } from '../renderer.ts';
import { type WrittenType, writeObject } from '../write-policies.ts';

/** What an object of the cluster is beside its `spec`. */
export interface ClusterObject {
  readonly type: WrittenType;
  /** Behind the owner's name: objects of the cluster have no namespace that keeps two owners apart. */
  readonly suffix: string;
  readonly kind: PlannedPolicy['kind'];
  readonly origins: readonly string[];
}

/** As long as the names of all APIs may be, with room for what a build puts before them. */
const MOST_OF_OWNER = 180;

/** An object that belongs to no namespace. */
export function writeClusterObject(
  { type, suffix, kind, origins }: ClusterObject,
  spec: object,
  context: RenderContext,
): RenderedPolicy {
  // What stands before a dot is a tier to Calico.
  const owner = context.config.owner.replaceAll('.', '-').slice(0, MOST_OF_OWNER).replace(/-+$/, '');
  const policy = { name: `${owner}-${suffix}`, namespace: '' };
  return writeObject({ kind, origins, writtenNamespace: undefined, policy }, context, type, spec);
}
