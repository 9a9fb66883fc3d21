import assert from 'node:assert/strict';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { readNetworkPolicy } from '../../src/parse/network-policy.ts';
import type { PolicyObject } from './arbitrary-cluster.ts';
import { resourceOf } from './resource-of.ts';

/** Reads a policy as the input's are read; any problem is a failure. */
export function readPolicy(object: PolicyObject): NetworkPolicy {
  const report = (problem: unknown) => assert.fail(`unexpected problem: ${JSON.stringify(problem)}`);
  const policy = readNetworkPolicy(resourceOf(object), { ...object }, object.metadata.namespace, report);
  assert.ok(policy !== undefined);
  return policy;
}
