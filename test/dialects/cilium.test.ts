import assert from 'node:assert/strict';
import fc from 'fast-check';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { casesWithEdges, describeCases } from '../cases/case-folder.ts';
import { DIFFERENCES, unexplained } from '../cases/differences.ts';
import { FLAVOURS } from '../cases/flavours.ts';
import { compare, tryCase } from '../cases/trial.ts';
import { findCases } from '../golden/golden-case.ts';
import { readPolicies } from '../golden/policies.ts';
import { runPostern } from '../golden/run-postern.ts';
import { splitItems, toDocument } from '../golden/split-items.ts';
import { declared } from '../infer/arbitrary-declarations.ts';
import { writeConfig, writeObjects } from '../infer/write-input.ts';
import { refusalsOf } from './check-objects.ts';
import { ciliumTries } from './cilium-tries.ts';
import { differing, inBoth, triesOf, writtenIn } from './golden-tries.ts';
import { configWith, streamOf } from './in-dialect.ts';
import { knownByNode } from './known-by-node.ts';
import { describeWithCheckers } from './run-checker.ts';

describeWithCheckers('Policies of Cilium', () => {
  const pairs = findCases().flatMap((golden) => inBoth(golden, 'cilium'));
  /** Labels find nobody on a node's network, which a warning says; a name does. */
  const differs = (name: string): boolean =>
    ['warnings/host-network-member-of-a-set', 'warnings/host-network-whole-namespace'].includes(name);

  it('are tried on the golden cases', () => assert.ok(pairs.length > 150, `only ${pairs.length}`));

  it('are taken by Cilium, in every golden case', () => {
    assert.deepEqual(refusalsOf(streamOf(pairs.flatMap(({ others }) => others))), []);
  });

  it('are taken by Cilium when they only observe, and close nothing', () => {
    const observed = findCases().flatMap((golden) => writtenIn(golden, { dialect: 'cilium', mode: 'observe' }) ?? []);
    assert.ok(observed.length > 300);
    assert.deepEqual(refusalsOf(streamOf(observed)), []);
  });

  for (const { golden, kubernetes, others } of pairs.filter(({ golden: { name } }) => !differs(name))) {
    it(`open and close in ${golden.name} what plain NetworkPolicies do`, () => {
      const isNode = knownByNode(golden);
      // Policies do not bind what is on a node's network.
      const tries = triesOf(golden, kubernetes).filter(({ flow: { source, destination }, end }) => {
        return !isNode(end === 'Ingress' ? destination : source);
      });
      const index = indexPolicies(kubernetes);
      const plain = tries.map(({ flow, end }) => judgeEnd(index, end, flow).allowed);
      assert.deepEqual(differing(tries, plain, ciliumTries(streamOf(others), tries, isNode)), []);
    });
  }

  it('open and close in random builds what plain NetworkPolicies do', () => {
    let opened = 0;
    fc.assert(
      fc.property(declared, (cluster) => {
        const input = streamOf(writeObjects(cluster));
        const config = writeConfig(cluster);
        const [plain, others] = [{}, { dialect: 'cilium' }].map((fields) =>
          runPostern(input, configWith({ input, config }, fields)),
        );
        if (plain === undefined || others === undefined) return;
        assert.equal(others.status, plain.status);
        if (plain.status !== 0) return;
        // Those that people wrote stay in both, and Cilium enforces them too.
        const policies = readPolicies(plain.stdout);
        const tries = triesOf({ input }, policies);
        const index = indexPolicies(policies);
        const expected = tries.map(({ flow, end }) => judgeEnd(index, end, flow).allowed);
        opened += expected.filter((allowed) => allowed).length;
        assert.deepEqual(differing(tries, expected, ciliumTries(policiesOf(others.stdout), tries)), []);
      }),
      { numRuns: 60 },
    );
    assert.ok(opened > 300, `only ${opened}`);
  });
});

describeCases('Real clusters, annotated, in the dialect of Cilium', () => {
  describeWithCheckers("as Cilium's engine decides", () => {
    for (const source of casesWithEdges()) {
      for (const flavour of FLAVOURS) {
        it(`${source.name} has its connections when it says them as ${flavour}`, () => {
          const { problems, policies, expectations } = tryCase(source, flavour, { dialect: 'cilium' });
          const errors = problems.filter(({ severity }) => severity === 'error');
          assert.deepEqual(
            errors.map(({ message }) => message),
            [],
          );
          assert.deepEqual(refusalsOf(streamOf(policies)), []);
          const tries = expectations.flatMap(({ flow, ends }) => ends.map((end) => ({ flow, end })));
          const answers = ciliumTries(streamOf(policies), tries);
          let next = 0;
          const allowed = expectations.map(({ ends }) => ends.map(() => answers[next++]).every((answer) => answer));
          assert.deepEqual(unexplained(DIFFERENCES, source.name, compare(expectations, allowed)), []);
        });
      }
    }
  });
});

/** Every policy of an output, whoever wrote it. */
function policiesOf(output: string): string {
  return splitItems(output)
    .items.filter((item) => /^ *kind: \w*NetworkPolicy$/m.test(item))
    .map(toDocument)
    .join('---\n');
}
