import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, KUSTOMIZE_VERSIONS } from '../tools.ts';
import { addFunction, withFolder } from './build-tree.ts';
import { policyNames, reachTable } from './reach-table.ts';
import { DATA } from './row.ts';
import { type ClientRun, kustomizeBuild } from './run-client.ts';

for (const version of KUSTOMIZE_VERSIONS) {
  describeWith(`kustomize-${version}`, `two runs of the function in one build, kustomize ${version}`, (kustomize) => {
    let once: ClientRun;
    before(() => {
      once = build(kustomize, [], []);
    });

    it('replaces the policies of its own owner, and there are no more of them', () => {
      const again = build(kustomize, ['netpol'], ['netpol']);
      assert.equal(again.status, 0, again.stderr);
      assert.deepEqual(policyNames(again.stdout), policyNames(build(kustomize, ['netpol'], []).stdout));
      assert.equal(again.stdout, build(kustomize, [], ['netpol']).stdout);
    });

    it('keeps the policies of another owner beside its own', () => {
      const first = build(kustomize, ['base'], []);
      const second = build(kustomize, ['base'], ['overlay']);
      assert.equal(second.status, 0, second.stderr);
      const kept = policyNames(first.stdout);
      const added = policyNames(second.stdout).filter((name) => !kept.includes(name));
      assert.deepEqual([...kept, ...added].sort(), policyNames(second.stdout));
      assert.equal(added.length, kept.length);
      assert.deepEqual(reachTable(second.stdout), reachTable(first.stdout));
    });

    it('writes policies only where the function is', () => {
      assert.equal(once.status, 0, once.stderr);
      assert.deepEqual(policyNames(once.stdout), []);
    });
  });
}

/** Builds the shop with the function run by these owners in the base, then in an overlay. */
function build(kustomize: string, inBase: readonly string[], inOverlay: readonly string[]): ClientRun {
  return withFolder((folder) => {
    cpSync(join(DATA, 'apps', 'shop'), join(folder, 'app'), { recursive: true });
    cpSync(join(DATA, 'overlay'), join(folder, 'top'), { recursive: true });
    for (const owner of inBase) addFunction(join(folder, 'app'), owner);
    for (const owner of inOverlay) addFunction(join(folder, 'top'), owner);
    return kustomizeBuild(kustomize, join(folder, 'top'));
  });
}
