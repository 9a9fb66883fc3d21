import type { Manifest } from '../model/input.ts';
import { MANAGED_BY } from '../model/mark.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import { type Marked, marks } from './marks.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';
import { splitPolicy } from './split-policy.ts';

/** The kind of the objects that a dialect writes. */
export interface WrittenType {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * One object of this kind for each policy, or several where one would be too large for the API. `specOf` reports nothing:
 * it is called when the object is printed, and all problems are known by then.
 */
export function writePolicies(
  policies: readonly PlannedPolicy[],
  context: RenderContext,
  type: WrittenType,
  specOf: (policy: NetworkPolicy) => object,
  taken: Set<string> = namesOf(policies),
): RenderedPolicy[] {
  const written: RenderedPolicy[] = [];
  for (const planned of policies) {
    for (const policy of splitPolicy(planned.policy, taken)) {
      const part = policy === planned.policy ? planned : { ...planned, policy };
      written.push(new WrittenObject(part, context, type, () => specOf(policy)));
    }
  }
  return written;
}

/** The names that parts of policies must leave alone. */
export function namesOf(policies: readonly PlannedPolicy[]): Set<string> {
  return new Set(policies.map(({ policy }) => `${policy.namespace}/${policy.name}`));
}

/** A policy as far as what stands around its `spec` says it. */
export type Writable = Marked &
  Pick<PlannedPolicy, 'writtenNamespace'> & { readonly policy: Pick<NetworkPolicy, 'name' | 'namespace'> };

/** The object of one policy: what every kind has alike around its `spec`. */
export function writeObject(
  planned: Writable,
  context: RenderContext,
  type: WrittenType,
  spec: object,
): RenderedPolicy {
  return new WrittenObject(planned, context, type, () => spec);
}

/** An object that is made when it is printed, since there may be thousands. */
class WrittenObject implements RenderedPolicy {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  private readonly planned: Marked;
  private readonly context: RenderContext;
  private readonly makeSpec: () => object;

  constructor(planned: Writable, context: RenderContext, { apiVersion, kind }: WrittenType, makeSpec: () => object) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.name = planned.policy.name;
    this.namespace = planned.writtenNamespace;
    this.planned = planned;
    this.context = context;
    this.makeSpec = makeSpec;
  }

  get manifest(): Manifest {
    const { apiVersion, kind, name, namespace } = this;
    const labels = MANAGED_BY;
    const annotations = marks(this.planned, name, this.context);
    const metadata = namespace === undefined ? { name, labels, annotations } : { name, namespace, labels, annotations };
    return { apiVersion, kind, metadata, spec: this.makeSpec() };
  }
}

/** The directions that a policy isolates, as the APIs write them. */
export function typesOf({ ingress, egress }: Pick<NetworkPolicy, 'ingress' | 'egress'>): readonly string[] {
  const types: string[] = [];
  if (ingress !== undefined) types.push('Ingress');
  if (egress !== undefined) types.push('Egress');
  return types;
}
