import assert from 'node:assert/strict';
import { loadAll } from 'js-yaml';
import { splitPolicy } from '../../src/dialect/split-policy.ts';
import type { NetworkPolicy, Peer, Rule } from '../../src/model/network-policy.ts';
import { runPostern } from '../golden/run-postern.ts';
import { apiErrors } from './api-rules.ts';

const CALLERS = 5_000;

describe('large policies', () => {
  for (const [what, labelsOf] of Object.entries({
    'one label each': (name: string) => `{app: ${name}}`,
    'labels that do not merge': (name: string) => `{app: ${name}, release: ${name}-release}`,
  })) {
    it(`of a database with ${CALLERS} callers stay under the API's limits, with ${what}`, () => {
      const callers = Array.from({ length: CALLERS }, (_, number) => `an-application-with-a-long-name-${number}`);
      const input = [
        deployment('db', '{app: db}', 'postern.dev/isolate: ingress'),
        ...callers.map((name) => deployment(name, labelsOf(name), 'postern.dev/allow-to: db')),
      ].join('---\n');
      const { stdout, status } = runPostern(input);
      assert.equal(status, 0);
      const policies = loadAll(stdout).filter(isPolicy);
      assert.deepEqual(policies.flatMap(apiErrors), []);
      const db = policies.filter(({ metadata }) => /^db(-part-\d+)?$/.test(metadata.name));
      assert.ok(db.length > 1 && db.length < 12, `${db.length} parts`);
      const named = db.flatMap(({ spec }) => appsOf(spec.ingress));
      assert.deepEqual([...named].sort(), [...callers].sort());
    });
  }

  it('are split into parts that allow exactly the same', () => {
    const policy = largePolicy();
    const parts = splitPolicy(policy, new Set([`shop/${'n'.repeat(239)}-part-2`]));
    assert.ok(parts.length > 2);
    for (const direction of ['ingress', 'egress'] as const) {
      assert.deepEqual(parts.flatMap((part) => atoms(part[direction])).sort(), atoms(policy[direction]).sort());
    }
    assert.equal(new Set(parts.map(({ name }) => name)).size, parts.length);
    for (const { name, podSelector } of parts) {
      assert.match(name, /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
      assert.doesNotMatch(name, /[.-]-part/);
      assert.ok(name.length <= 253);
      assert.equal(podSelector, policy.podSelector);
    }
  });
});

interface Generated {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly ingress: readonly object[] };
  readonly [key: string]: unknown;
}

function isPolicy(value: unknown): value is Generated {
  return (value as Generated | null)?.kind === 'NetworkPolicy';
}

function deployment(name: string, labels: string, annotation: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: data, annotations: {${annotation}}}
spec:
  selector: {matchLabels: ${labels}}
  template:
    metadata: {labels: ${labels}}
    spec: {containers: [{name: main, image: example.com/app, ports: [{containerPort: 5432}]}]}
`;
}

/** Values of every requirement on `app`. */
function appsOf(rules: readonly object[]): readonly string[] {
  const found: string[] = [];
  JSON.stringify(rules, (_key, value) => {
    if (value?.key === 'app') found.push(...value.values);
    return value;
  });
  return found;
}

/** Both directions too large, rules with and without peers, and a name whose cut would end in a dot. */
function largePolicy(): NetworkPolicy {
  const peer = (number: number, key: string): Peer => ({
    kind: 'pods',
    namespaceSelector: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [`team-${number}`] }],
    podSelector: [{ key, operator: 'In', values: [`app-${number}`] }],
  });
  const many = Array.from({ length: 2_000 }, (_, number) => peer(number, 'app'));
  const wide: Peer = {
    kind: 'pods',
    namespaceSelector: undefined,
    podSelector: [
      { key: 'app', operator: 'In', values: Array.from({ length: 9_000 }, (_, number) => `value-${number}`) },
    ],
  };
  const ports = [{ protocol: 'TCP', port: 80, endPort: 80 }] as const;
  return {
    name: `${'n'.repeat(239)}.${'m'.repeat(13)}`,
    namespace: 'shop',
    podSelector: [{ key: 'app', operator: 'In', values: ['db'] }],
    ingress: [
      { peers: 'all', ports },
      { peers: many, ports },
      { peers: [wide, { kind: 'ipBlock', cidr: '10.0.0.0/8', except: [] }], ports: 'all' },
    ],
    egress: [{ peers: many, ports: 'all' }],
  };
}

/** Each value of each peer of each rule with its ports, so that it does not matter how they are grouped. */
function atoms(rules: readonly Rule[] | undefined): string[] {
  return (rules ?? []).flatMap(({ peers, ports }) =>
    peers === 'all'
      ? [JSON.stringify(['all', ports])]
      : peers.flatMap((peer) => valuesOf(peer).map((value) => JSON.stringify([value, ports]))),
  );
}

function valuesOf(peer: Peer): readonly unknown[] {
  if (peer.kind !== 'pods') return [peer];
  return peer.podSelector.flatMap(({ values }) => values.map((value) => [peer.namespaceSelector, value]));
}
