import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { End } from '../../src/model/end.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { PortSet } from '../../src/model/port.ts';
import { subtract } from '../../src/policy/port-set.ts';
import { compareReach, type Side } from '../../src/reach/compare-reach.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { mapReach } from '../../src/reach/reach-map.ts';
import type { ClassRows } from '../../src/reach/reach-rows.ts';
import { arbitraryCluster } from './arbitrary-cluster.ts';
import { readPolicy } from './read-policy.ts';

describe('the comparison of two builds', function () {
  this.timeout(0);

  it('has what is worked out pair by pair, whichever ends and policies each build has', () => {
    fc.assert(
      fc.property(arbitraryCluster, fc.infiniteStream(fc.boolean()), (cluster, coins) => {
        const flip = (): boolean => coins.next().value === true;
        const ends = cluster.flows.flatMap(({ source, destination }) => [source, destination]).map(endOf);
        const policies = cluster.policies.map(readPolicy);
        const build = (): Build => ({
          policies: policies.filter(flip),
          // Most ends are in both builds.
          has: new Set(ends.filter(() => flip() || flip() || flip())),
        });
        const [before, after] = [build(), build()];
        const { added, removed } = compareReach(sideOf(before, ends), sideOf(after, ends), ends);
        assert.deepEqual(read(added, ends), expected(after, before, ends));
        assert.deepEqual(read(removed, ends), expected(before, after, ends));
      }),
      { numRuns: 150 },
    );
  });
});

interface Build {
  readonly policies: readonly NetworkPolicy[];
  readonly has: ReadonlySet<End>;
}

function endOf(endpoint: Endpoint, position: number): End {
  return { kind: 'workload', name: `end-${position}`, namespace: undefined, endpoint, workloads: [] };
}

function sideOf({ policies, has }: Build, ends: readonly End[]): Side {
  const present = ends.filter((end) => has.has(end));
  const map = mapReach(
    policies,
    present.map(({ endpoint }) => endpoint),
  );
  return { map, positionOf: (end) => (has.has(end) ? present.indexOf(end) : undefined) };
}

function read({ classOf, ports, readRow }: ClassRows, ends: readonly End[]): readonly (readonly PortSet[])[] {
  return ends.map((_, source) => {
    const row = readRow(classOf[source] ?? -1);
    return ends.map((_, destination) => ports.setOf(row[classOf[destination] ?? -1] ?? -1));
  });
}

function expected(has: Build, lacks: Build, ends: readonly End[]): readonly (readonly PortSet[])[] {
  return ends.map((source) => ends.map((to) => subtract(portsIn(has, source, to), portsIn(lacks, source, to))));
}

function portsIn({ policies, has }: Build, source: End, destination: End): PortSet {
  if (!has.has(source) || !has.has(destination)) return [];
  return allowedPorts(indexPolicies(policies), source.endpoint, destination.endpoint);
}
