import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explain } from '../../src/explain.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import type { PortSet } from '../../src/model/port.ts';
import { contains, parseIpAddress, parseIpRange } from '../../src/policy/ip-range.ts';
import { hasPort } from '../../src/policy/port-set.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies, type PolicyIndex, selecting } from '../../src/reach/index-policies.ts';
import { ADDRESSES } from '../reach/arbitrary-cluster.ts';
import { readPolicy } from '../reach/read-policy.ts';
import { arbitraryBuild, type RandomBuild } from './arbitrary-build.ts';
import { readMatrix } from './read-matrix.ts';

describe('the matrix of random builds', function () {
  this.timeout(0);

  it('has what the evaluator says pair by pair', () => {
    fc.assert(
      fc.property(arbitraryBuild, (build) => {
        const { open, ends } = readMatrix(build.text);
        const index = indexPolicies(build.policies.map(readPolicy));
        const { pods } = build;
        for (const [source, from] of pods) {
          for (const [destination, to] of pods) {
            assert.deepEqual(open.get(`${source} -> ${destination}`) ?? [], allowedPorts(index, from, to));
          }
          assert.deepEqual(ends.find(({ name }) => name === source)?.isolated, isolatedWords(index, from));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has every address in one part of the outside, and there what the evaluator says', () => {
    fc.assert(
      fc.property(arbitraryBuild, ({ text, policies, pods }) => {
        const { open, ends } = readMatrix(text);
        const index = indexPolicies(policies.map(readPolicy));
        for (const address of ADDRESSES) {
          const parts = ends.filter(({ kind, name }) => kind === 'addresses' && isPartWith(name, address));
          assert.equal(parts.length, 1, address);
          const outside: Endpoint = { kind: 'ip', address };
          for (const [name, pod] of pods) {
            assert.deepEqual(open.get(`${parts[0]?.name} -> ${name}`) ?? [], allowedPorts(index, outside, pod));
            assert.deepEqual(open.get(`${name} -> ${parts[0]?.name}`) ?? [], allowedPorts(index, pod, outside));
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  it('says the same whatever is put together', () => {
    fc.assert(
      fc.property(arbitraryBuild, ({ text }) => {
        const merged = readMatrix(text).open;
        assert.deepEqual(sorted(readMatrix(text, { detail: 'pairs' }).open), sorted(merged));
        const { namespaces } = readMatrix(text, { detail: 'namespaces' });
        const counted = namespaces.reduce((sum, { openPairs, each, sources, destinations }) => {
          const names = destinations.includes('its own namespace')
            ? sources.length
            : sources.length * destinations.length;
          return sum + openPairs * (each ? names : 1);
        }, 0);
        assert.equal(counted, merged.size);
      }),
      { numRuns: 80 },
    );
  });

  it('says the same under every filter', () => {
    fc.assert(
      fc.property(arbitraryBuild, fc.constantFrom('a', 'b', 'c'), (build, namespace) => {
        const all = readMatrix(build.text).open;
        if (![...build.pods.keys()].some((name) => name.startsWith(`${namespace}/`))) return;
        const isIn = (end: string): boolean => end.startsWith(`${namespace}/`);
        const expected = (is: (from: string, to: string) => boolean) =>
          [...all.keys()].filter((pair) => is(...(pair.split(' -> ') as [string, string]))).sort();
        const got = (choice: Parameters<typeof readMatrix>[1]) =>
          [...readMatrix(build.text, choice).open.keys()].sort();
        assert.deepEqual(
          got({ within: namespace }),
          expected((from, to) => isIn(from) || isIn(to)),
        );
        assert.deepEqual(
          got({ from: `${namespace}/*` }),
          expected((from) => isIn(from)),
        );
        assert.deepEqual(
          got({ to: `${namespace}/*` }),
          expected((_, to) => isIn(to)),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is what explain says of each pair', () => {
    fc.assert(
      fc.property(arbitraryBuild, fc.constantFrom(53, 80, 443, 8080), (build, port) => {
        const { open } = readMatrix(build.text);
        const [from = ''] = build.pods.keys();
        for (const to of build.pods.keys()) {
          const ports = open.get(`${from} -> ${to}`) ?? [];
          const { text, problems } = ask(build, from, `${to}:${port}/tcp`);
          assert.deepEqual(problems, []);
          const { outcome, answers } = JSON.parse(text);
          assert.equal(outcome === 'allowed', hasPort(ports, 'TCP', port), `${from} -> ${to}:${port}`);
          assert.deepEqual(answers[0].open, wordsOf(ports));
        }
      }),
      { numRuns: 50 },
    );
  });
});

function ask({ text }: RandomBuild, from: string, to: string): ReturnType<typeof explain> {
  return explain({ input: text }, { from, to, format: 'json', isColoured: false });
}

function wordsOf(ports: PortSet): readonly string[] {
  if (ports === 'all') return ['*'];
  return ports.map(({ protocol, port, endPort }) => {
    const numbers = port === 1 && endPort === 65535 ? '*' : port === endPort ? port : `${port}-${endPort}`;
    return `${numbers}/${protocol.toLowerCase()}`;
  });
}

function isolatedWords(index: PolicyIndex, pod: Endpoint): readonly string[] {
  return (['Ingress', 'Egress'] as const)
    .filter((direction) => selecting(index, direction, pod).length > 0)
    .map((direction) => direction.toLowerCase());
}

/** Whether `10.0.0.0/8!10.1.0.0/16` holds an address. */
function isPartWith(name: string, text: string): boolean {
  const [inside, ...exceptions] = name.split('!').map((range) => {
    const [parsed, address] = [parseIpRange(range), parseIpAddress(text)];
    assert.ok(parsed !== undefined && address !== undefined);
    return contains(parsed, address);
  });
  return inside === true && !exceptions.includes(true);
}

function sorted(open: ReadonlyMap<string, PortSet>): readonly (readonly [string, PortSet])[] {
  return [...open].sort(([a], [b]) => (a < b ? -1 : 1));
}
