import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../src/run.ts';
import { withFolder } from '../survival/build-tree.ts';
import { filesOf } from '../survival/kpt-package.ts';
import { type ClientRun, kustomizeBuild, runClient } from '../survival/run-client.ts';
import { describeWith, POSTERN, ROOT } from '../tools.ts';

const EXAMPLE = join(ROOT, 'functions', 'check-network-policies', 'examples', 'matrix');
const CHECK = `apiVersion: postern.dev/v1alpha1
kind: NetworkPolicyCheck
metadata:
  name: check
  annotations:
    config.kubernetes.io/function: |
      exec: {path: ${POSTERN}}
spec:
  expect: EXPECTED
`;

describeWith('kpt', 'the check as a validator of kpt', (kpt) => {
  const render = (change: (text: string) => string): { readonly run: ClientRun; readonly isUnchanged: boolean } =>
    withFolder((folder) => {
      cpSync(EXAMPLE, join(folder, 'matrix'), { recursive: true });
      cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true, dereference: true });
      const policies = join(folder, 'matrix', 'policies.yaml');
      writeFileSync(policies, change(readFileSync(policies, 'utf8')));
      const before = filesOf(join(folder, 'matrix'));
      const run = runClient(kpt, ['fn', 'render', '--allow-exec', 'matrix'], { cwd: folder });
      return { run, isUnchanged: JSON.stringify(filesOf(join(folder, 'matrix'))) === JSON.stringify(before) };
    });

  it('passes where all of it holds, and changes nothing', () => {
    const { run, isUnchanged } = render((text) => text);
    assert.equal(run.status, 0, run.stderr);
    assert.ok(isUnchanged);
  });

  it('fails where a policy lets in who must stay out, and names it', () => {
    const { run } = render((text) => text.replace('[api, worker]', '[api]'));
    assert.equal(run.status, 1);
    assert.match(run.stderr, /must be allowed, got denied: "worker -> queue:5672".*NetworkPolicy jobs\/default-deny/);
  });
});

describeWith('kustomize-5.8.2', 'the check as the last transformer of kustomize', (kustomize) => {
  const build = (expected: string): { readonly checked: ClientRun; readonly plain: ClientRun } =>
    withFolder((folder) => {
      const shop = join(folder, 'kustomize');
      cpSync(join(ROOT, 'examples', 'kustomize'), shop, { recursive: true });
      const generator = join(shop, 'network-policies', 'generator.yaml');
      writeFileSync(generator, readFileSync(generator, 'utf8').replace('path: postern', `path: ${POSTERN}`));
      const top = join(shop, 'production');
      const plain = kustomizeBuild(kustomize, top);
      writeFileSync(join(top, 'check.yaml'), CHECK.replace('EXPECTED', expected));
      const kustomization = join(top, 'kustomization.yaml');
      writeFileSync(kustomization, `${readFileSync(kustomization, 'utf8')}- check.yaml\n`);
      return { checked: kustomizeBuild(kustomize, top), plain };
    });

  it('gives the same build where all of it holds', () => {
    const { checked, plain } = build('[web -> cart, internet -x> database]');
    assert.equal(checked.status, 0, checked.stderr);
    assert.equal(checked.stdout, plain.stdout);
  });

  it('stops the build where something does not', () => {
    const { checked } = build('[web -> database]');
    assert.equal(checked.status, 1);
    assert.equal(checked.stdout, '');
    assert.match(checked.stderr, /must be allowed, got denied: "web -> database"/);
  });
});

describe("the playbook's test matrix, as the document has it", () => {
  const MATRIX = `
| Source | Destination | Port | Expected |
|---|---|---|---|
| myapp-api | postgresql | 5432 | Allow |
| myapp-api | nats | 4222 | Allow |
| myapp-api | qdrant | 6333 | Deny |
| myapp-workers | qdrant | 6333 | Allow |
| my-web-client | myapp-api | 8080 | Allow |
| my-web-client | postgresql | 5432 | Deny |
| traefik | myapp-api | 8080 | Allow |
`;
  for (const environment of ['staging', 'production']) {
    it(`holds for what is generated in ${environment}`, () => {
      const folder = join(ROOT, 'testdata', 'seeds', 'zero-trust-playbook', 'clusters', environment);
      const list = readFileSync(join(folder, 'input.yaml'), 'utf8');
      const { problems, failed } = run({ input: withExpectation(list, MATRIX) });
      assert.deepEqual(
        problems.filter(({ code }) => code === 'broken-expectation'),
        [],
      );
      assert.ok(!failed);
    });

    it(`tells in ${environment} what does not hold`, () => {
      const folder = join(ROOT, 'testdata', 'seeds', 'zero-trust-playbook', 'clusters', environment);
      const list = readFileSync(join(folder, 'input.yaml'), 'utf8');
      const { problems } = run({ input: withExpectation(list, MATRIX.replaceAll('Deny', 'Allow')) });
      const broken = problems.filter(({ code }) => code === 'broken-expectation').map(({ got }) => got);
      assert.deepEqual(broken, ['myapp-api -> qdrant:6333', 'my-web-client -> postgresql:5432']);
    });
  }
});

/** A ResourceList whose config expects something. */
function withExpectation(list: string, table: string): string {
  const lines = table.trim().split('\n');
  const expect = `  spec:\n    expect: |\n${lines.map((line) => `      ${line}\n`).join('')}`;
  const [items = '', config = ''] = list.split(/^functionConfig:\n/m);
  assert.match(config, /^ {2}spec:\n/m);
  return `${items}functionConfig:\n${config.replace(/^ {2}spec:\n/m, expect)}`;
}
