import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { viewGraph } from '../../src/graph/view-graph.ts';
import type { GraphView } from '../../src/model/graph-view.ts';
import type { PortSet } from '../../src/model/port.ts';
import { type Observed, observe } from '../../src/observe.ts';
import { isEmpty, union } from '../../src/policy/port-set.ts';
import { EVERYTHING } from '../../src/reach/asked-pairs.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { run } from '../../src/run.ts';
import { ROOT } from '../tools.ts';
import { threeHundred } from './three-hundred.ts';

const read = (...path: readonly string[]): string => readFileSync(join(ROOT, 'testdata', ...path), 'utf8');
const generated = (input: string): string => run({ input }).output;

const BUILDS: Readonly<Record<string, () => string>> = {
  'matrix/shop.yaml': () => read('matrix', 'shop.yaml'),
  'the homelab': () => generated(read('seeds', 'homelab', 'cluster', 'input.yaml')),
  'the team namespaces': () => generated(read('seeds', 'team-namespaces', 'cluster', 'input.yaml')),
  'the zero-trust playbook': () => generated(read('seeds', 'zero-trust-playbook', 'clusters', 'staging', 'input.yaml')),
  '300 workloads': () => generated(threeHundred()),
};

describe('the picture of who reaches whom', () => {
  for (const [name, build] of Object.entries(BUILDS)) {
    it(`draws with its lines just what is open between the nodes of ${name}`, () => {
      const observed = observe({ input: build() }, []) ?? assert.fail('it can be read');
      const view = viewGraph(observed, [EVERYTHING], () => true);
      const drawn = pairsOf(
        view.lines.map(({ from, to, ports }) => [membersOf(view, from), membersOf(view, to), ports]),
      );
      const listed = pairsOf(view.groups.map(({ sources, destinations, ports }) => [sources, destinations, ports]));
      assert.notEqual(listed.size, 0);
      assert.deepEqual([...drawn].sort(), [...listed].sort());
      assertOpen(observed, view, listed);
    });
  }
});

function membersOf({ nodes }: GraphView, at: number): readonly number[] {
  const node = nodes[at] ?? assert.fail(`there is no node ${at}`);
  return node.kind === 'set' ? node.members : [at];
}

type Group = readonly [sources: readonly number[], destinations: readonly number[], ports: PortSet];

/** By `from to`; a node and itself are no pair. */
function pairsOf(groups: readonly Group[]): ReadonlyMap<string, PortSet> {
  const pairs = new Map<string, PortSet>();
  for (const [sources, destinations, ports] of groups) {
    for (const from of sources) {
      for (const to of destinations) {
        if (from !== to) pairs.set(`${from} ${to}`, union(pairs.get(`${from} ${to}`) ?? [], ports));
      }
    }
  }
  return pairs;
}

/** The same for every pair of pods, read rule by rule; a pair that no policy speaks of is not drawn. */
function assertOpen({ ends, map }: Observed, { nodes }: GraphView, listed: ReadonlyMap<string, PortSet>): void {
  const endOf = new Map(ends.map((end) => [end.name, end]));
  for (const [from, source] of nodes.entries()) {
    for (const [to, destination] of nodes.entries()) {
      const [a, b] = [endOf.get(source.name), endOf.get(destination.name)];
      if (from === to || a === undefined || b === undefined) continue;
      const isUnbound = !source.isolated.includes('Egress') && !destination.isolated.includes('Ingress');
      const open = isUnbound ? [] : allowedPorts(map.index, a.endpoint, b.endpoint);
      assert.deepEqual(listed.get(`${from} ${to}`), isEmpty(open) ? undefined : open, `${a.name} -> ${b.name}`);
    }
  }
}
