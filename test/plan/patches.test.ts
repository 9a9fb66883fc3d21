import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printPlanPatches } from '../../src/emit/plan-patches.ts';
import { plan } from '../../src/plan.ts';
import { run } from '../../src/run.ts';
import { describeWith, KUSTOMIZE_VERSIONS, ROOT } from '../tools.ts';

const INPUT = readFileSync(join(ROOT, 'testdata', 'plan', 'a-shop', 'stdin.yaml'), 'utf8');

/** Kustomize 5.0 takes one patch in a file of `patches`; the older field takes several. */
function patchesIn(version: string): string {
  return version === '5.0.1' ? 'patchesStrategicMerge: [plan.yaml]' : 'patches: [{path: plan.yaml}]';
}

for (const version of KUSTOMIZE_VERSIONS) {
  describeWith(`kustomize-${version}`, `the patches of a plan in kustomize ${version}`, (kustomize) => {
    let folder = '';

    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'postern-plan-'));
    });

    after(() => rmSync(folder, { recursive: true }));

    it('are taken, and leave a second plan nothing to write', () => {
      const planned = plan({ input: INPUT }).plan;
      assert.ok(planned !== undefined);
      writeFileSync(join(folder, 'all.yaml'), INPUT);
      writeFileSync(join(folder, 'plan.yaml'), printPlanPatches(planned));
      writeFileSync(
        join(folder, 'kustomization.yaml'),
        `resources: [all.yaml]
${patchesIn(version)}
`,
      );
      const { stdout, stderr, status } = spawnSync(kustomize, ['build', folder], { encoding: 'utf8' });
      assert.equal(status, 0, stderr);
      const { output, problems } = run({ input: stdout });
      assert.deepEqual(
        problems.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.deepEqual(
        plan({ input: output }).plan?.namespaces.flatMap(({ objects }) => objects),
        [],
      );
    });
  });
}
