import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dump, loadAll } from 'js-yaml';
import { runPostern } from '../golden/run-postern.ts';
import { apiErrors } from './api-rules.ts';
import { arbitraryObjects, arbitrarySpec } from './arbitrary-input.ts';

interface Policy {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

describe('whatever the objects', () => {
  const inputs = fc.tuple(arbitraryObjects, arbitrarySpec);
  const check = (test: (input: string, config: string, objects: readonly object[]) => void): void =>
    fc.assert(
      fc.property(inputs, ([objects, spec]) => test(streamOf(objects), configOf(spec), objects)),
      { numRuns: 150 },
    );

  it('an error leaves them as they came', () => {
    check((input, config) => {
      const { stdout, status } = runPostern(input, config);
      if (status === 1) assert.equal(stdout, input);
    });
  });

  it('their order changes no policy', () => {
    check((input, config, objects) => {
      const one = runPostern(input, config);
      const other = runPostern(streamOf([...objects].reverse()), config);
      assert.equal(other.status, one.status);
      assert.deepEqual(sorted(policiesOf(other.stdout)), sorted(policiesOf(one.stdout)));
    });
  });

  it('a second run changes nothing', () => {
    check((input, config) => {
      const { stdout } = runPostern(input, config);
      // Where the policies of an earlier run were all there was, nothing is left to run on.
      if (loadAll(stdout).some(Boolean)) {
        assert.equal(runPostern(stdout, config).stdout, stdout);
      }
    });
  });

  it('the API accepts every policy, and no two have one name', () => {
    check((input, config) => {
      const policies = policiesOf(runPostern(input, config).stdout);
      const ours = policies.filter(({ metadata }) => metadata.annotations?.['postern.dev/from'] !== undefined);
      assert.deepEqual(ours.flatMap(apiErrors), []);
      const absent = /^ {2}namespace: shop$/m.test(config) ? 'shop' : '';
      const names = policies.map(({ metadata: { namespace = absent, name } }) => `${namespace}/${name}`);
      assert.equal(new Set(names).size, names.length, names.join(' '));
    });
  });

  it('many of them succeed, or these tests would say little', () => {
    const runs = fc.sample(inputs, 200).map(([objects, spec]) => runPostern(streamOf(objects), configOf(spec)));
    const written = runs.filter(({ status, stdout }) => status === 0 && policiesOf(stdout).length > 0);
    assert.ok(written.length > 30, `${written.length} of ${runs.length}`);
  });
});

function streamOf(objects: readonly object[]): string {
  return objects.map((object) => dump(object, { noRefs: true })).join('---\n');
}

function configOf(spec: object): string {
  const metadata = { name: 'netpol' };
  return dump({ apiVersion: 'postern.dev/v1alpha1', kind: 'NetworkPolicyGenerator', metadata, spec });
}

function policiesOf(text: string): readonly Policy[] {
  return (loadAll(text) as (Policy | null)[]).filter((object) => object?.kind === 'NetworkPolicy') as Policy[];
}

function sorted(policies: readonly Policy[]): readonly string[] {
  return policies.map((policy) => JSON.stringify(policy)).sort();
}
