import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { readIfPresent } from '../golden/golden-case.ts';
import { assertGolden } from '../golden/golden-file.ts';
import { kustomizeBuild } from '../survival/run-client.ts';
import { describeWith } from '../tools.ts';
import { captureInput } from './capture-input.ts';
import { type SeedBuild, seedBuilds } from './seed.ts';

interface KubernetesObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

describeWith('kustomize-5.8.2', "the documents' clusters in kustomize", (kustomize) => {
  const builds = seedBuilds();

  before(() => assert.ok(builds.length >= 6, `there are ${builds.length} clusters`));

  for (const build of builds) {
    it(`sends ${build.name} to the function as its golden case has it`, () => {
      assertGolden(build.folder, 'input.yaml', captureInput(kustomize, build));
    });

    it(`builds ${build.name} with the policies of its golden case`, () => {
      const { status, stdout, stderr } = kustomizeBuild(kustomize, build.folder);
      assert.equal(status, 0, stderr);
      assert.equal(stderr, readIfPresent(join(build.folder, 'errors.txt')) ?? '');
      assert.deepEqual(policiesOf(stdout), expectedPolicies(build));
    });
  }
});

function expectedPolicies({ folder }: SeedBuild): readonly KubernetesObject[] {
  const expected = policiesOf(readIfPresent(join(folder, 'expected.yaml')) ?? '');
  assert.notEqual(expected.length, 0, 'the golden case has no policies');
  return expected;
}

function policiesOf(text: string): readonly KubernetesObject[] {
  const objects = loadAll(text) as KubernetesObject[];
  const nameOf = ({ metadata }: KubernetesObject) => `${metadata.namespace}/${metadata.name}`;
  return objects.filter(({ kind }) => kind.endsWith('NetworkPolicy')).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
