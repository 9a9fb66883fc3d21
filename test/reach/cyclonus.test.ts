import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Flow, Verdict } from '../../src/model/flow.ts';
import { hasPort } from '../../src/policy/port-set.ts';
import { allowedPorts, allowedPortsAtEnd } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judge } from '../../src/reach/judge.ts';
import { describeWith } from '../tools.ts';
import { arbitraryCluster, type PolicyObject, type RandomCluster } from './arbitrary-cluster.ts';
import { askCyclonus } from './cyclonus.ts';
import { readPolicy } from './read-policy.ts';

const CLUSTERS = 500;

describeWith('cyclonus', 'verdicts on random clusters, against Cyclonus', (binary) => {
  it('agree at both ends', function () {
    this.timeout(120_000);
    const seed = Math.trunc(Math.random() * 2 ** 31);
    const clusters = fc.sample(arbitraryCluster, { numRuns: CLUSTERS, seed }).map(inNamespacesOfItsOwn);
    const flows = clusters.flatMap((cluster) => cluster.flows.map((flow) => ({ flow, policies: cluster.policies })));
    const ours = clusters.flatMap(verdictsOf);
    const theirs = askCyclonus(
      binary,
      clusters.flatMap(({ policies }) => policies),
      flows.map(({ flow }) => flow),
    );
    assert.equal(theirs.length, flows.length);
    const differences = ours.flatMap((verdict, at) =>
      isDeepStrictEqual(summaryOf(verdict), theirs[at])
        ? []
        : [{ ...flows[at], ours: summaryOf(verdict), theirs: theirs[at] }],
    );
    const first = JSON.stringify(differences[0], undefined, 1);
    assert.equal(
      differences.length,
      0,
      `with the seed ${seed}, ${differences.length} connections differ; the first: ${first}`,
    );
    const outcomes = ours.map(outcomeOf);
    for (const outcome of ['open', 'allowed', 'denied'] as const) {
      const count = outcomes.filter((found) => found === outcome).length;
      assert.ok(
        count > CLUSTERS,
        `with the seed ${seed}, only ${count} connections are ${outcome}: too few to say anything`,
      );
    }
  });
});

describe('verdicts on random clusters', function () {
  this.timeout(60_000);

  it('are the same where policyTypes are left to their default', () => {
    fc.assert(
      fc.property(arbitraryCluster, (given) => {
        const policies = given.policies.map(withDefaultTypes);
        const explicit = verdictsOf({ ...given, policies });
        const omitted = verdictsOf({ ...given, policies: policies.map(withoutTypes) });
        assert.deepEqual(omitted.map(summaryOf), explicit.map(summaryOf));
      }),
    );
  });

  it('are the same in closed form', () => {
    fc.assert(
      fc.property(arbitraryCluster, ({ policies, flows }) => {
        const index = indexPolicies(policies.map(readPolicy));
        for (const flow of flows) {
          const { source, destination, protocol, port } = flow;
          const verdict = judge(index, flow);
          const closed = {
            ingress: hasPort(allowedPortsAtEnd(index, 'Ingress', source, destination), protocol, port),
            egress: hasPort(allowedPortsAtEnd(index, 'Egress', source, destination), protocol, port),
            allowed: hasPort(allowedPorts(index, source, destination), protocol, port),
          };
          assert.deepEqual(closed, summaryOf(verdict));
        }
      }),
    );
  });

  it('name as witnesses the rules that allow the connection when they are alone', () => {
    fc.assert(
      fc.property(arbitraryCluster, ({ policies, flows }) => {
        const read = policies.map(readPolicy);
        const index = indexPolicies(read);
        for (const flow of flows) {
          const { ingress } = judge(index, flow);
          const alone = ingress.isolatedBy.flatMap((policy) =>
            (policy.ingress ?? []).flatMap((rule, position) =>
              judge(indexPolicies([{ ...policy, ingress: [rule] }]), flow).ingress.allowed
                ? [{ policy, rule: position }]
                : [],
            ),
          );
          assert.deepEqual(ingress.allowedBy, alone);
        }
      }),
      { numRuns: 50 },
    );
  });
});

function verdictsOf({ policies, flows }: RandomCluster): readonly Verdict[] {
  const index = indexPolicies(policies.map(readPolicy));
  return flows.map((flow) => judge(index, flow));
}

function summaryOf({ ingress, egress, allowed }: Verdict): Readonly<Record<string, boolean>> {
  return { ingress: ingress.allowed, egress: egress.allowed, allowed };
}

function outcomeOf({ ingress, egress, allowed }: Verdict): 'open' | 'allowed' | 'denied' {
  if (!allowed) return 'denied';
  return ingress.isolatedBy.length + egress.isolatedBy.length === 0 ? 'open' : 'allowed';
}

/** Policies reach only pods of their own namespace, so clusters with other namespaces can share one process. */
function inNamespacesOfItsOwn({ policies, flows }: RandomCluster, cluster: number): RandomCluster {
  const rename = (namespace: string) => `${namespace}-${cluster}`;
  const move = (end: Flow['source']) => (end.kind !== 'pod' ? end : { ...end, namespace: rename(end.namespace) });
  return {
    policies: policies.map((policy) => ({
      ...policy,
      metadata: { ...policy.metadata, namespace: rename(policy.metadata.namespace) },
    })),
    flows: flows.map((flow) => ({ ...flow, source: move(flow.source), destination: move(flow.destination) })),
  };
}

function withDefaultTypes(policy: PolicyObject): PolicyObject {
  const egress = policy.spec['egress'];
  const policyTypes = Array.isArray(egress) && egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
  return { ...policy, spec: { ...policy.spec, policyTypes } };
}

function withoutTypes(policy: PolicyObject): PolicyObject {
  return { ...policy, spec: { ...policy.spec, policyTypes: [] } };
}
