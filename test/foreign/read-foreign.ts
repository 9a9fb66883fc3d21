import assert from 'node:assert/strict';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { Problem } from '../../src/model/problem.ts';
import { readCiliumPolicy } from '../../src/parse/cilium/read-cilium-policy.ts';
import { fieldsOf } from '../../src/parse/fields.ts';
import { resourceOf } from '../reach/resource-of.ts';

/** An object as YAML would have it. */
export interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Reads a policy of Cilium as the input's are read; any problem is a failure. */
export function readCilium(object: PolicyObject): readonly NetworkPolicy[] {
  return readCiliumWith(object, (problem) => assert.fail(`unexpected problem: ${JSON.stringify(problem)}`));
}

/** The same, with its problems. */
export function readCiliumWith(object: PolicyObject, report: (problem: Problem) => void): readonly NetworkPolicy[] {
  const resource = resourceOf(object);
  return readCiliumPolicy(
    { resource, fields: fieldsOf({ ...object }, { item: 0 }, report) },
    object.metadata.namespace,
    report,
  );
}
