import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Endpoint } from '../../src/model/flow.ts';
import type { LabelSelector, Requirement } from '../../src/model/label-selector.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { selects } from '../../src/policy/match-labels.ts';
import { indexPolicies, selecting } from '../../src/reach/index-policies.ts';

describe('the index of policies', () => {
  it('finds what trying every policy finds, in the same order', () => {
    const value = fc.constantFrom('x', 'y', 'z');
    const requirement: fc.Arbitrary<Requirement> = fc.record({
      key: fc.constantFrom('app', 'tier', 'constructor'),
      operator: fc.constantFrom('In', 'In', 'In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.array(value, { maxLength: 3 }),
    });
    const section = fc.constantFrom(undefined, []);
    const policies: fc.Arbitrary<NetworkPolicy[]> = fc.array(
      fc.record({
        name: fc.string(),
        namespace: fc.constantFrom('', 'a'),
        podSelector: fc.array(requirement, { maxLength: 3 }),
        ingress: section,
        egress: section,
      }),
    );
    const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'constructor'), value);
    fc.assert(
      fc.property(policies, labels, fc.constantFrom('', 'a', 'b'), (given, podLabels, namespace) => {
        const index = indexPolicies(given);
        const endpoint = pod(namespace, podLabels);
        const ofPod = given.filter(
          (policy) => policy.namespace === namespace && selects(policy.podSelector, podLabels),
        );
        assert.deepEqual(
          selecting(index, 'Ingress', endpoint),
          ofPod.filter(({ ingress }) => ingress !== undefined),
        );
        assert.deepEqual(
          selecting(index, 'Egress', endpoint),
          ofPod.filter(({ egress }) => egress !== undefined),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('looks at few of many policies, also where all share a label', () => {
    let looks = 0;
    const policies = Array.from({ length: 10_000 }, (_, number): NetworkPolicy => {
      const selector: LabelSelector = [
        { key: 'part-of', operator: 'In', values: ['shop'] },
        { key: 'app', operator: 'In', values: [`app-${number}`] },
      ];
      return {
        name: `policy-${number}`,
        namespace: 'shop',
        get podSelector() {
          looks += 1;
          return selector;
        },
        ingress: [],
        egress: undefined,
      };
    });
    const index = indexPolicies(policies);
    looks = 0;
    const found = selecting(index, 'Ingress', pod('shop', { 'part-of': 'shop', app: 'app-4711' }));
    assert.deepEqual(
      found.map(({ name }) => name),
      ['policy-4711'],
    );
    assert.equal(looks, 1);
  });
});

function pod(namespace: string, labels: Readonly<Record<string, string>>): Endpoint {
  return { kind: 'pod', namespace, labels, namespaceLabels: {}, ports: [] };
}
