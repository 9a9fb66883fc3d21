import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import { NAMESPACE_NAME } from '../../src/policy/selector.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { calicoVerdicts, type Try } from '../dialects/calico-verdicts.ts';
import { describeWithCheckers } from '../dialects/run-checker.ts';
import { arbitraryCluster } from '../reach/arbitrary-cluster.ts';
import { arbitraryCalico } from './arbitrary-calico.ts';
import { readCalico } from './read-foreign.ts';

const policies = fc.array(arbitraryCalico(['Allow', 'Deny'], ['default']), { minLength: 1, maxLength: 4 });

describeWithCheckers("the reader of Calico's policies, beside one with Calico's own selectors", () => {
  it('says the same of random policies of one tier', () => {
    let met = 0;
    fc.assert(
      fc.property(policies, arbitraryCluster, (objects, { flows }) => {
        const index = indexPolicies(objects.flatMap(readCalico));
        const tries = triesOf(flows);
        const expected = calicoVerdicts(objects, tries);
        for (const [at, { flow, end }] of tries.entries()) {
          const { allowed, isolatedBy } = judgeEnd(index, end, flow);
          assert.equal(allowed, expected[at], `${end} of ${JSON.stringify(flow)}`);
          met += isolatedBy.length > 0 && allowed ? 1 : 0;
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(met > 500, `only ${met} connections were let through by a rule`);
  });
});

function triesOf(flows: readonly Flow[]): readonly Try[] {
  const ends = flows.flatMap(({ source, destination }) => [named(source), named(destination)]).slice(0, 8);
  const ports = flows.map(({ protocol, port }) => ({ protocol, port })).slice(0, 3);
  return ends.flatMap((source) =>
    ends.flatMap((destination) =>
      ports.flatMap((port) => {
        const flow = { source, destination, ...port };
        return (['Ingress', 'Egress'] as const)
          .filter((end) => (end === 'Ingress' ? destination : source).kind === 'pod')
          .map((end) => ({ flow, end }));
      }),
    ),
  );
}

/** Kubernetes labels each namespace with its name. */
function named(endpoint: Endpoint): Endpoint {
  if (endpoint.kind !== 'pod') return endpoint;
  const { namespace, namespaceLabels } = endpoint;
  return { ...endpoint, namespaceLabels: { ...namespaceLabels, [NAMESPACE_NAME]: namespace } };
}
