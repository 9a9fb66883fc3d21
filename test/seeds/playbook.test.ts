import assert from 'node:assert/strict';
import { passed, readMatrix, tryMatrix } from '../golden/matrix.ts';
import { runPostern } from '../golden/run-postern.ts';
import { type Compared, compare, reachers } from './compare.ts';
import { seedFile } from './seed.ts';

const SEED = 'zero-trust-playbook';
const ENVIRONMENTS: readonly (readonly [cluster: string, namespace: string])[] = [
  ['staging', 'myapp-staging'],
  ['production', 'myapp-prod'],
  ['shared', 'myapp-staging'],
  ['shared', 'myapp-prod'],
];

describe('the zero-trust playbook', () => {
  for (const [cluster, namespace] of ENVIRONMENTS) {
    describe(`${namespace} in the cluster ${cluster}`, () => {
      const matrix = readMatrix(seedFile(SEED, 'matrix.yaml'), namespace);
      let compared: Compared;

      before(() => {
        compared = compare(`${SEED}/clusters/${cluster}`);
      });

      it('has the seven rows of the matrix', () => assert.equal(matrix.length, 7));

      it('passes 7 of 7 with the generated policies', () => {
        const outcomes = tryMatrix(matrix, compared.ends, compared.generated);
        assert.deepEqual(
          outcomes.filter(({ expected, got }) => expected !== got),
          [],
        );
      });

      it('passes 6 of 7 with the hand-written ones, whose API forgets the web client', () => {
        const outcomes = tryMatrix(matrix, compared.ends, compared.handWritten);
        const failed = outcomes.filter(({ expected, got }) => expected !== got);
        const [source, destination] = [`${namespace}/my-web-client`, `${namespace}/myapp-api`];
        assert.equal(passed(outcomes).length, 6);
        assert.deepEqual(failed, [
          { source, destination, port: 8080, expected: 'allow', got: 'deny', refusedBy: ['ingress'] },
        ]);
      });
    });
  }

  it('never opens one environment to the other', () => {
    const { rows } = compare(`${SEED}/clusters/shared`);
    const isIn = (environment: string, name: string) =>
      name.startsWith(`${environment}/`) && !name.endsWith('/test-pod');
    const between = rows.filter(
      ({ source, destination }) =>
        (isIn('myapp-staging', source) && isIn('myapp-prod', destination)) ||
        (isIn('myapp-prod', source) && isIn('myapp-staging', destination)),
    );
    assert.equal(between.length, 18);
    assert.deepEqual(
      between.filter(({ generated }) => generated !== '-'),
      [],
    );
  });

  it('refuses a name that would mean one environment or the other', () => {
    const input = seedFile(SEED, 'clusters', 'shared', 'input.yaml');
    const { status, stderr } = runPostern(
      input.replace('        myapp-staging/myapp-workers:api\n', '        myapp/myapp-workers:api\n'),
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /got "myapp\/myapp-workers:api".*write "myapp-staging\/myapp-workers" or "myapp-prod\/myapp-workers"/,
    );
  });

  it('refuses a port that the owner of the database did not grant', () => {
    const input = seedFile(SEED, 'clusters', 'staging', 'input.yaml');
    const { status, stderr } = runPostern(
      input.replaceAll('data-layer/postgresql\n', 'data-layer/postgresql:metrics\n'),
    );
    assert.equal(status, 1);
    assert.equal(stderr.match(/\[closed-door\]/g)?.length, 2);
    assert.match(
      stderr,
      /add "myapp-staging\/myapp-api:9187" to postern.dev\/allow-from of StatefulSet\/data-layer\/postgresql/,
    );
  });

  it('opens the stores to those who name them and are named', () => {
    const compared = compare(`${SEED}/clusters/staging`);
    assert.deepEqual(reachers(compared, 'data-layer/qdrant'), ['myapp-staging/myapp-workers']);
    assert.deepEqual(reachers(compared, 'data-layer/minio'), ['myapp-staging/myapp-workers']);
    assert.deepEqual(reachers(compared, 'ai/ollama'), ['myapp-staging/myapp-workers']);
    assert.deepEqual(reachers(compared, 'data-layer/postgresql'), [
      'cnpg-system/cnpg-controller-manager',
      'myapp-staging/myapp-api',
      'myapp-staging/myapp-workers',
    ]);
  });
});
