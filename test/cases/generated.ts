import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import type { Direction } from '../../src/model/direction.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { Problem } from '../../src/model/problem.ts';
import { readNetworkPolicy } from '../../src/parse/network-policy.ts';
import { readResource } from '../../src/parse/resource.ts';

export type PolicyObject = {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: { readonly policyTypes: readonly Direction[] };
};

/** The policies that Postern wrote after its input, as plain objects. What is left of the input must be untouched. */
export function generatedPolicies(input: string, output: string): readonly PolicyObject[] {
  const kept = input.trimEnd();
  assert.ok(output.startsWith(kept), 'what was in the input must come out byte for byte, before what is new');
  const documents = output
    .slice(kept.length)
    .split(/^---.*$/m)
    .filter((document) => document.trim() !== '');
  return documents.map((document) => load(document) as PolicyObject);
}

/** The same in Postern's model, for `reach`. */
export function modelOf(policy: PolicyObject): NetworkPolicy {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const { resource } = readResource(policy, 'networking.k8s.io/v1', policy.kind, { item: 0 }, report);
  const read = readNetworkPolicy(resource, policy, resource.namespace ?? 'default', report);
  assert.deepEqual(problems, [], `${resource.name} must be a policy that the API server takes`);
  if (read === undefined) throw new Error(`${resource.name} is no policy`);
  return read;
}
