import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Endpoint } from '../../src/model/flow.ts';
import type { LabelSelector, Requirement } from '../../src/model/label-selector.ts';
import type { NetworkPolicy, Rule } from '../../src/model/network-policy.ts';
import type { PortRange, PortSet } from '../../src/model/port.ts';
import type { KnownRules } from '../../src/policy/known-rules.ts';
import { mergeRules } from '../../src/policy/merge-rules.ts';
import type { RulePeer } from '../../src/policy/peer.ts';
import { portSet } from '../../src/policy/port-set.ts';
import { allow, type RuleSet } from '../../src/policy/rule-set.ts';
import { allowedPortsAtEnd } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';

interface Said {
  readonly peer: RulePeer;
  readonly ports: PortSet;
}

const KEYS = ['app', 'tier'];
const VALUES = ['a', 'b', 'c'];

const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      key: fc.constantFrom(...KEYS),
      operator: fc.constant('In' as const),
      values: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      key: fc.constantFrom(...KEYS),
      operator: fc.constant('NotIn' as const),
      values: fc.constantFrom(['a'], ['b', 'c']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      key: fc.constantFrom(...KEYS),
      operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
      values: fc.constant([]),
    }),
  },
);
const twoOnOneKey = fc
  .tuple(fc.constantFrom(['a', 'b'], ['a']), fc.constantFrom(['b', 'c'], ['a', 'c']))
  .map((both) => both.map((values) => ({ key: 'app', operator: 'In' as const, values })));
const selector: fc.Arbitrary<LabelSelector> = fc.oneof(
  { weight: 4, arbitrary: fc.array(requirement, { maxLength: 3 }) },
  { weight: 1, arbitrary: twoOnOneKey },
);
const peer: fc.Arbitrary<RulePeer> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('pods' as const),
      namespaceSelector: fc.option(selector, { nil: undefined }),
      podSelector: selector,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('ipBlock' as const),
      cidr: fc.constantFrom('10.0.0.0/8', '10.1.0.0/16'),
      except: fc.shuffledSubarray(['10.1.0.0/24', '10.1.1.0/24']),
    }),
  },
  { weight: 1, arbitrary: fc.constant('all' as const) },
);
const range: fc.Arbitrary<PortRange> = fc
  .tuple(
    fc.constantFrom('TCP' as const, 'UDP' as const),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 0, max: 2 }),
  )
  .map(([protocol, port, more]) => ({ protocol, port, endPort: port + more }));
const ports: fc.Arbitrary<PortSet> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(portSet([{ protocol: 'TCP', port: 1, endPort: 1 }])) },
  { weight: 4, arbitrary: fc.array(range, { minLength: 1, maxLength: 2 }).map(portSet) },
  { weight: 1, arbitrary: fc.constant('all' as const) },
);
const grants = fc.array(fc.record({ peer, ports }), { maxLength: 8 });

/** Every pod whose labels the selectors can tell apart, in every kind of namespace, and some addresses. */
const ENDPOINTS: readonly Endpoint[] = [
  ...labelings().flatMap((labels) =>
    [{}, ...labelings()].map((namespaceLabels, index): Endpoint => {
      const namespace = index === 0 ? 'own' : `other-${index}`;
      return { kind: 'pod', namespace, labels, namespaceLabels, ports: [] };
    }),
  ),
  ...['10.1.0.3', '10.1.2.3', '10.2.2.3', '192.0.2.1'].map((address): Endpoint => ({ kind: 'ip', address })),
];

describe('merged rules', () => {
  it('allow exactly what the grants allow one by one', () => {
    fc.assert(
      fc.property(grants, (said) => {
        const merged = allowedBy(mergeRules(collect(said)));
        const single = allowedBy(said.map(ruleOf));
        ENDPOINTS.forEach((endpoint, index) => {
          assert.deepEqual(merged[index], single[index], JSON.stringify(endpoint));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('are the same whatever the order of the grants', () => {
    const shuffled = grants.chain((said) =>
      fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length })),
    );
    fc.assert(
      fc.property(shuffled, ([said, other]) => {
        assert.deepEqual(plain(mergeRules(collect(other))), plain(mergeRules(collect(said))));
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same beside rules of others that are known, which they share', () => {
    const sets = fc.array(grants, { minLength: 2, maxLength: 5 });
    let shared = 0;
    fc.assert(
      fc.property(sets, (all) => {
        const known: KnownRules = new Map();
        const seen = new Set<Rule>();
        for (const said of [...all, ...all]) {
          const rules = mergeRules(collect(said), known);
          assert.deepEqual(plain(rules), plain(mergeRules(collect(said))));
          shared += rules.filter((rule) => seen.has(rule)).length;
          for (const rule of rules) seen.add(rule);
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(shared > 100, `${shared} rules were shared`);
  });

  it('name a thousand callers of one port in one value list', () => {
    const callers = Array.from({ length: 1000 }, (_, index): Said => {
      const podSelector: LabelSelector = [{ key: 'app', operator: 'In', values: [`caller-${index}`] }];
      return {
        peer: { kind: 'pods', namespaceSelector: undefined, podSelector },
        ports: [{ protocol: 'TCP', port: 5432, endPort: 5432 }],
      };
    });
    const [rule, ...more] = mergeRules(collect(callers));
    assert.equal(more.length, 0);
    assert.equal(rule?.peers.length, 1);
  });
});

function collect(said: readonly Said[]): RuleSet {
  const rules: RuleSet = new Map();
  for (const { peer, ports } of said) allow(rules, peer, ports, ['said']);
  return rules;
}

/** Without what the generator puts on its objects: some have no prototype. */
function plain(rules: readonly Rule[]): unknown {
  return JSON.parse(JSON.stringify(rules));
}

function ruleOf({ peer, ports }: Said): Rule {
  return { peers: peer === 'all' ? 'all' : [peer], ports };
}

/** The ports on which each endpoint is let in. */
function allowedBy(ingress: readonly Rule[]): readonly PortSet[] {
  const policy: NetworkPolicy = { name: 'p', namespace: 'own', podSelector: [], ingress, egress: undefined };
  const index = indexPolicies([policy]);
  const subject: Endpoint = { kind: 'pod', namespace: 'own', labels: {}, namespaceLabels: {}, ports: [] };
  return ENDPOINTS.map((endpoint) => allowedPortsAtEnd(index, 'Ingress', endpoint, subject));
}

/** Every way to give two keys one of three values, or none. */
function labelings(): readonly Readonly<Record<string, string>>[] {
  const choices = [undefined, ...VALUES];
  return choices.flatMap((app) =>
    choices.map((tier) => ({ ...(app === undefined ? {} : { app }), ...(tier === undefined ? {} : { tier }) })),
  );
}
