import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies, selecting } from '../../src/reach/index-policies.ts';
import { namedEnds } from '../../src/reach/named-ends.ts';
import { mapReach } from '../../src/reach/reach-map.ts';
import { reachRows } from '../../src/reach/reach-rows.ts';
import { arbitraryCluster, type RandomCluster } from '../reach/arbitrary-cluster.ts';
import { readPolicy } from '../reach/read-policy.ts';
import { arbitraryCalico } from './arbitrary-calico.ts';
import { arbitraryOpenCilium } from './arbitrary-cilium.ts';
import { readCalico, readCilium } from './read-foreign.ts';

const cilium = fc
  .array(arbitraryOpenCilium, { minLength: 1, maxLength: 3 })
  .map((objects) => objects.flatMap(readCilium));

const calico = fc
  .array(arbitraryCalico(['Allow', 'Deny', 'Pass'], ['first', 'default', 'last']), { minLength: 1, maxLength: 4 })
  .map((objects) => objects.flatMap(readCalico));

describe('the map of who reaches whom, under policies of several APIs', function () {
  this.timeout(0);

  for (const [name, arbitrary] of [
    ["Cilium's", cilium],
    ["Calico's", calico],
    ['both', fc.tuple(cilium, calico).map((each) => each.flat())],
  ] as const) {
    it(`has in its rows what is worked out pair by pair: ${name}`, () => {
      fc.assert(
        fc.property(arbitraryCluster, arbitrary, ({ policies, flows }, foreign) => {
          agree([...policies.map(readPolicy), ...foreign], endpointsOf(flows, foreign));
        }),
        { numRuns: 100 },
      );
    });
  }
});

/** Pods and addresses of the flows, a node, and what the policies call by a name. */
function endpointsOf(flows: RandomCluster['flows'], policies: readonly NetworkPolicy[]): readonly Endpoint[] {
  return [
    ...flows.flatMap(({ source, destination }) => [source, destination]),
    { kind: 'ip', address: '10.0.0.9', of: 'node' },
    ...namedEnds(policies, []).map(({ endpoint }) => endpoint),
  ];
}

function agree(policies: readonly NetworkPolicy[], endpoints: readonly Endpoint[]): void {
  const index = indexPolicies(policies);
  const map = mapReach(policies, endpoints);
  const readRow = reachRows(map);
  const classAt = (endpoint: number): number => map.classOf[endpoint] ?? -1;
  for (const [at, source] of endpoints.entries()) {
    const row = readRow(classAt(at));
    const got = endpoints.map((_, destination) => map.ports.setOf(row[classAt(destination)] ?? -1));
    assert.deepEqual(
      got,
      endpoints.map((destination) => allowedPorts(index, source, destination)),
    );
    for (const direction of ['Ingress', 'Egress'] as const) {
      assert.deepEqual(map.ends[direction][classAt(at)]?.isolatedBy, selecting(index, direction, source));
    }
  }
}
