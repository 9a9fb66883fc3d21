import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Endpoint } from '../../src/model/flow.ts';
import type { PortSet } from '../../src/model/port.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { blocksOf } from '../../src/reach/reach-blocks.ts';
import { mapReach, type ReachMap } from '../../src/reach/reach-map.ts';
import { reachRows, rowsOfMap } from '../../src/reach/reach-rows.ts';
import { arbitraryCluster, type RandomCluster } from './arbitrary-cluster.ts';
import { readPolicy } from './read-policy.ts';

describe('the map of who reaches whom', function () {
  this.timeout(0);

  it('has in its rows what is worked out pair by pair', () => {
    fc.assert(
      fc.property(arbitraryCluster, (cluster) => {
        const { map, endpoints, expected } = read(cluster);
        const readRow = reachRows(map);
        for (const [source] of endpoints.entries()) {
          const row = readRow(classAt(map, source));
          const got = endpoints.map((_, destination) => map.ports.setOf(row[classAt(map, destination)] ?? -1));
          assert.deepEqual(got, expected[source]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has it in its blocks too, and no pair twice', () => {
    fc.assert(
      fc.property(arbitraryCluster, (cluster) => {
        const { map, endpoints, expected } = read(cluster);
        const { sources, destinations, blocks } = blocksOf(rowsOfMap(map));
        assert.equal(new Set(sources.flat()).size, map.classes.length);
        assert.equal(new Set(destinations.flat()).size, map.classes.length);
        const open = new Map<string, PortSet>();
        for (const { source, destination, ports } of blocks) {
          for (const from of sources[source] ?? []) {
            for (const to of destinations[destination] ?? []) {
              assert.ok(!open.has(`${from} ${to}`), 'a pair is in two blocks');
              open.set(`${from} ${to}`, map.ports.setOf(ports));
            }
          }
        }
        for (const [source] of endpoints.entries()) {
          const got = endpoints.map(
            (_, destination) => open.get(`${classAt(map, source)} ${classAt(map, destination)}`) ?? [],
          );
          assert.deepEqual(got, expected[source]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has fewer classes than pods where policies cannot tell them apart', () => {
    const pods = Array.from({ length: 100 }, (_, number): Endpoint => {
      const namespaceLabels = { 'kubernetes.io/metadata.name': 'shop' };
      return { kind: 'pod', namespace: 'shop', labels: { app: `app-${number}` }, namespaceLabels, ports: [] };
    });
    const app = { key: 'app', operator: 'In', values: ['app-7'] } as const;
    const policy = { name: 'policy', namespace: 'shop', podSelector: [app], ingress: [], egress: undefined };
    const map = mapReach([policy], pods);
    assert.equal(map.classes.length, 2);
    assert.deepEqual(blocksOf(rowsOfMap(map)).blocks.length, 1);
  });
});

function read({ policies, flows }: RandomCluster): {
  readonly map: ReachMap;
  readonly endpoints: readonly Endpoint[];
  readonly expected: readonly (readonly PortSet[])[];
} {
  const given = policies.map(readPolicy);
  const endpoints = flows.flatMap(({ source, destination }) => [source, destination]);
  const index = indexPolicies(given);
  return {
    map: mapReach(given, endpoints),
    endpoints,
    expected: endpoints.map((source) => endpoints.map((destination) => allowedPorts(index, source, destination))),
  };
}

function classAt(map: ReachMap, endpoint: number): number {
  return map.classOf[endpoint] ?? -1;
}
