import assert from 'node:assert/strict';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { casesWithEdges, describeCases } from '../cases/case-folder.ts';
import { DIFFERENCES, unexplained } from '../cases/differences.ts';
import { FLAVOURS } from '../cases/flavours.ts';
import { compare, tryCase } from '../cases/trial.ts';
import { findCases } from '../golden/golden-case.ts';
import { runPostern } from '../golden/run-postern.ts';
import { calicoMatches } from './calico-matches.ts';
import { type CalicoPolicy, calicoVerdicts } from './calico-verdicts.ts';
import { refusalsOf } from './check-objects.ts';
import { differing, inBoth, triesOf, writtenIn } from './golden-tries.ts';
import { configWith, streamOf, writtenObjects } from './in-dialect.ts';
import { describeWithCheckers } from './run-checker.ts';

describeWithCheckers('Policies of Calico', () => {
  const pairs = findCases().flatMap((golden) => inBoth<CalicoPolicy>(golden, 'calico'));

  it('are tried on the golden cases', () => assert.ok(pairs.length > 150, `only ${pairs.length}`));

  it('are taken by Calico, in every golden case', () => {
    assert.deepEqual(refusalsOf(streamOf(pairs.flatMap(({ others }) => others))), []);
  });

  it('are taken by Calico when staged, in every golden case', () => {
    const staged = findCases().flatMap((golden) => writtenIn(golden, { dialect: 'calico', mode: 'observe' }) ?? []);
    assert.ok(staged.length > 300);
    const kinds = new Set(staged.map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ['StagedKubernetesNetworkPolicy', 'StagedNetworkPolicy']);
    assert.deepEqual(refusalsOf(streamOf(staged)), []);
  });

  for (const { golden, kubernetes, others } of pairs) {
    it(`open and close in ${golden.name} what plain NetworkPolicies do`, () => {
      const tries = triesOf(golden, kubernetes);
      const index = indexPolicies(kubernetes);
      const plain = tries.map(({ flow, end }) => judgeEnd(index, end, flow).allowed);
      assert.deepEqual(differing(tries, plain, calicoVerdicts(others, tries)), []);
    });
  }

  it('do not mean NetworkSets with the labels of pods', () => {
    const config = configWith({ input: WEB, config: undefined }, { dialect: 'calico' });
    const written = writtenObjects<CalicoPolicy>(runPostern(WEB, config).stdout);
    const selector = written[0]?.spec.ingress?.[0]?.source?.selector ?? '';
    assert.equal(calicoMatches(selector, { app: 'cart', 'projectcalico.org/orchestrator': 'k8s' }), true);
    assert.equal(calicoMatches(selector, { app: 'cart' }), false);
  });
});

describeCases('Real clusters, annotated, in the dialect of Calico', () => {
  describeWithCheckers('as Calico decides', () => {
    for (const source of casesWithEdges()) {
      for (const flavour of FLAVOURS) {
        it(`${source.name} has its connections when it says them as ${flavour}`, () => {
          const { problems, policies, expectations } = tryCase(source, flavour, { dialect: 'calico' });
          const errors = problems.filter(({ severity }) => severity === 'error');
          assert.deepEqual(
            errors.map(({ message }) => message),
            [],
          );
          assert.deepEqual(refusalsOf(streamOf(policies)), []);
          const asked = expectations.flatMap(({ flow, ends }) => ends.map((end) => ({ flow, end })));
          const answers = calicoVerdicts(policies as unknown as readonly CalicoPolicy[], asked);
          let next = 0;
          const allowed = expectations.map(({ ends }) => ends.map(() => answers[next++]).every((answer) => answer));
          assert.deepEqual(unexplained(DIFFERENCES, source.name, compare(expectations, allowed)), []);
        });
      }
    }
  });
});

const WEB = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  labels: {app: web}
  annotations: {postern.dev/allow-from: app=cart}
spec:
  containers: [{name: main, image: example.com/app:1, ports: [{containerPort: 8080}]}]
`;
