import assert from 'node:assert/strict';
import type { Endpoint } from '../../src/model/flow.ts';
import { type PortSet, PROTOCOLS } from '../../src/model/port.ts';
import { portSet } from '../../src/policy/port-set.ts';
import { allowedPorts, allowedPortsAtEnd } from '../../src/reach/connections.ts';
import { indexPolicies, selecting } from '../../src/reach/index-policies.ts';
import { judge } from '../../src/reach/judge.ts';
import { CASES_FOLDER, type Case, casesWithEdges, type Edges, readCase } from './case-reader.ts';

/** The one difference to an edges.txt, in every row of these cases, and why it is none of who reaches whom. */
const WRITES_EVERY_PORT_AS_ALL: Readonly<Record<string, string>> = {
  'npg-endport-pods':
    'its rule names ports 1 to 65535 of each protocol; for us ALL would hold traffic without ports too',
};

/** One problem is expected: a range that ends before it starts, which the API refuses. */
const EXPECTED_PROBLEMS: Readonly<Record<string, readonly string[]>> = {
  'npg-empty-port-range': ['warning invalid-policy spec.egress[0].ports[1].endPort'],
};

describe('policies of real clusters, against who reaches whom as others worked it out', () => {
  const cases = casesWithEdges();

  it('finds the cases', function () {
    if (cases.length > 0) return;
    const message = `no cases in ${CASES_FOLDER}: the tests on real clusters do not run`;
    if (process.env['CI'] === 'true') assert.fail(message);
    console.warn(`SKIPPED: ${message}`);
    this.skip();
  });

  for (const name of cases) {
    describe(name, () => {
      let given: Case;
      before(() => {
        const read = readCase(name);
        given = name in WRITES_EVERY_PORT_AS_ALL ? { ...read, edges: withoutAll(read.edges) } : read;
      });

      it('is read without problems', () => {
        const problems = given.problems.map(({ severity, code, field }) => `${severity} ${code} ${field}`);
        assert.deepEqual(problems, EXPECTED_PROBLEMS[name] ?? []);
      });

      it('isolates the same workloads by the same policies', () => {
        assert.deepEqual([...given.pods.keys()].sort(), [...given.edges.isolation.keys()].sort());
        const index = indexPolicies(given.policies);
        const namesOf = (direction: 'Ingress' | 'Egress', pod: Endpoint) =>
          selecting(index, direction, pod)
            .map((policy) => policy.name)
            .sort();
        for (const [workload, pod] of given.pods) {
          const want = given.edges.isolation.get(workload);
          assert.deepEqual(namesOf('Ingress', pod), want?.ingress.toSorted(), workload);
          assert.deepEqual(namesOf('Egress', pod), want?.egress.toSorted(), workload);
        }
      });

      it('lets the same workloads reach each other', () => {
        assert.deepEqual(pairsAllowed(given), pairsWanted(given));
      });

      it('judges single ports as the closed form has them', () => {
        assert.deepEqual(judgedOtherwise(given), []);
      });

      it('lets the same addresses in and out', () => {
        assert.deepEqual(addressesAllowed(given), addressesWanted(given));
      });
    });
  }
});

/** Pairs with an isolated end, as edges.txt lists them. */
function pairsAllowed({ pods, policies }: Case): Record<string, string> {
  const index = indexPolicies(policies);
  const rows: Record<string, string> = {};
  for (const [from, source] of pods) {
    for (const [to, destination] of pods) {
      const isOpen = selecting(index, 'Egress', source).length + selecting(index, 'Ingress', destination).length === 0;
      const ports = allowedPorts(index, source, destination);
      if (!isOpen && ports.length > 0) rows[`${from} -> ${to}`] = print(ports);
    }
  }
  return rows;
}

function pairsWanted({ edges, pods }: Case): Record<string, string> {
  const rows: Record<string, string> = {};
  for (const [pair, ports] of edges.allowed) {
    const [from = '', to = ''] = pair.split(' -> ');
    if (pods.has(from) && pods.has(to)) rows[pair] = print(ports);
  }
  return rows;
}

/** Ports where `judge` and `allowedPorts` differ, tried at and beside every boundary that a policy names. */
function judgedOtherwise({ pods, policies }: Case): string[] {
  const index = indexPolicies(policies);
  const wrong: string[] = [];
  for (const [from, source] of pods) {
    for (const [to, destination] of pods) {
      const ports = allowedPorts(index, source, destination);
      const tried = new Set([1, 80, 65535, ...(ports === 'all' ? [] : ports.flatMap(around))]);
      for (const port of [...tried].filter((number) => number >= 1 && number <= 65535)) {
        for (const protocol of PROTOCOLS) {
          const closed =
            ports === 'all' || ports.some((r) => r.protocol === protocol && r.port <= port && port <= r.endPort);
          if (judge(index, { source, destination, protocol, port }).allowed !== closed) {
            wrong.push(`${from} -> ${to} ${protocol}/${port}`);
          }
        }
      }
    }
  }
  return wrong;
}

function around({ port, endPort }: { port: number; endPort: number }): readonly number[] {
  return [port - 1, port, endPort, endPort + 1];
}

/** The only ipBlock of the cases is all of IPv4 without some of 10.0.0.0/8, so three addresses tell all. */
const ADDRESSES: Readonly<Record<string, RegExp>> = {
  '2001:db8::1': /^ANY$/,
  '10.1.2.3': /^ANY$/,
  '198.51.100.7': /^(ANY|ip\{0\.0\.0\.0\/0 except .*\})$/,
};

function addressesAllowed({ pods, policies }: Case): Record<string, string> {
  const index = indexPolicies(policies);
  const rows: Record<string, string> = {};
  for (const address of Object.keys(ADDRESSES)) {
    const outside: Endpoint = { kind: 'ip', address };
    for (const [workload, pod] of pods) {
      const entering = allowedPortsAtEnd(index, 'Ingress', outside, pod);
      if (selecting(index, 'Ingress', pod).length > 0) rows[`${address} -> ${workload}`] = print(entering);
      const leaving = allowedPortsAtEnd(index, 'Egress', pod, outside);
      if (selecting(index, 'Egress', pod).length > 0) rows[`${workload} -> ${address}`] = print(leaving);
    }
  }
  return rows;
}

function addressesWanted({ edges }: Case): Record<string, string> {
  const rows: Record<string, string> = {};
  const unite = (select: (from: string, to: string) => boolean): string => {
    const found = [...edges.allowed].filter(([pair]) => select(...(pair.split(' -> ') as [string, string])));
    const sets = found.map(([, ports]) => ports);
    return print(sets.includes('all') ? 'all' : portSet(sets.flatMap((set) => (set === 'all' ? [] : set))));
  };
  for (const [address, names] of Object.entries(ADDRESSES)) {
    for (const [workload, { ingress, egress }] of edges.isolation) {
      if (ingress.length > 0)
        rows[`${address} -> ${workload}`] = unite((from, to) => to === workload && names.test(from));
      if (egress.length > 0)
        rows[`${workload} -> ${address}`] = unite((from, to) => from === workload && names.test(to));
    }
  }
  return rows;
}

const EVERY_PORT: PortSet = PROTOCOLS.map((protocol) => ({ protocol, port: 1, endPort: 65535 }));

function withoutAll(edges: Edges): Edges {
  const rows = [...edges.allowed].map(([pair, ports]) => [pair, ports === 'all' ? EVERY_PORT : ports] as const);
  return { ...edges, allowed: new Map(rows) };
}

function print(ports: PortSet): string {
  if (ports === 'all') return 'ALL';
  return ports.map(({ protocol, port, endPort }) => `${protocol}/${port}-${endPort}`).join(',');
}
