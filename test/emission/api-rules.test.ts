import assert from 'node:assert/strict';
import { isGenerated } from '../golden/generated.ts';
import { findCases } from '../golden/golden-case.ts';
import { runPostern } from '../golden/run-postern.ts';
import { parseItem, splitItems } from '../golden/split-items.ts';
import { apiErrors } from './api-rules.ts';

type Manifest = Readonly<Record<string, unknown>>;

const MINIMAL = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop', labels: {}, annotations: {} },
};

describe("the API's rules for NetworkPolicies", () => {
  it('refuse what the API refuses', () => {
    const wrong: readonly (readonly [Manifest, Manifest])[] = [
      [{ name: 'a-' }, {}],
      [{ name: 'x'.repeat(254) }, {}],
      [{ annotations: { note: 'x'.repeat(140_000) } }, {}],
      [{}, { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: [] }] } }],
      [{}, { podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['x'.repeat(64)] }] } }],
      [{}, { ingress: [{ ports: [{ protocol: 'TCP', port: 8, endPort: 7 }] }] }],
      [{}, { ingress: [{ from: [{}] }] }],
      [{}, { ingress: [{ to: [{ podSelector: {} }] }] }],
      [{}, { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/8'] } }] }] }],
      [{}, { policyTypes: [] }],
    ];
    for (const [metadata, spec] of wrong) {
      const policy = {
        ...MINIMAL,
        metadata: { ...MINIMAL.metadata, ...metadata },
        spec: { podSelector: {}, policyTypes: ['Ingress'], ...spec },
      };
      assert.equal(apiErrors(policy).length, 1, JSON.stringify([metadata, spec]));
    }
  });

  for (const { name, input, config } of findCases()) {
    it(`accept what is generated in ${name}`, () => {
      const { items } = splitItems(runPostern(input, config).stdout);
      const policies = items.filter(isGenerated).map((item) => parseItem(item) as Manifest);
      const ours = policies.filter(
        (policy) =>
          policy['apiVersion'] === 'networking.k8s.io/v1' && JSON.stringify(policy).includes('"postern.dev/from"'),
      );
      assert.deepEqual(ours.flatMap(apiErrors), []);
    });
  }
});
