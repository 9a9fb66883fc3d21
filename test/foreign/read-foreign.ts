import assert from 'node:assert/strict';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { Problem } from '../../src/model/problem.ts';
import { readCalicoPolicy } from '../../src/parse/calico/read-calico-policy.ts';
import { placeInTiers } from '../../src/parse/calico/tiers.ts';
import { readCiliumPolicy } from '../../src/parse/cilium/read-cilium-policy.ts';
import { fieldsOf } from '../../src/parse/fields.ts';
import type { ReadForeign } from '../../src/parse/foreign-policies.ts';
import { resourceOf } from '../reach/resource-of.ts';

/** An object as YAML would have it. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Reads a policy of Cilium as the input's are read; any problem is a failure. */
export function readCilium(object: PolicyObject): readonly NetworkPolicy[] {
  return read(readCiliumPolicy, object);
}

/** Tiers beside `default`: one before it, one behind it. */
export const TIERS = [
  { name: 'first', order: 100, passes: false },
  { name: 'last', order: 5_000_000, passes: true },
] as const;

/** Reads a policy of Calico; any problem is a failure. */
export function readCalico(object: PolicyObject): readonly NetworkPolicy[] {
  const policies = read(readCalicoPolicy, object).map((policy) => ({ policy, manifest: {} }));
  return placeInTiers(policies, TIERS, fail).map(({ policy }) => policy);
}

function read(reader: ReadForeign, object: PolicyObject): readonly NetworkPolicy[] {
  const fields = fieldsOf({ ...object }, { item: 0 }, fail);
  return reader({ resource: resourceOf(object), fields }, object.metadata.namespace, fail);
}

function fail(problem: Problem): never {
  assert.fail(`unexpected problem: ${JSON.stringify(problem)}`);
}
