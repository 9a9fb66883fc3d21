import assert from 'node:assert/strict';
import { chmodSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, KUSTOMIZE_VERSIONS } from '../tools.ts';
import { addFunction, withApp, withFolder } from './build-tree.ts';
import { policyNames } from './reach-table.ts';
import { DATA } from './row.ts';
import { type ClientRun, EXEC_FLAGS, kustomizeBuild, runClient } from './run-client.ts';

for (const version of KUSTOMIZE_VERSIONS) {
  describeWith(`kustomize-${version}`, `what goes wrong in silence, kustomize ${version}`, (kustomize) => {
    it('skips the function without --enable-exec, with exit code 0', () => {
      const built = withApp('shop', (app) => runClient(kustomize, ['build', app, '--enable-alpha-plugins']));
      assert.equal(built.status, 0, built.stderr);
      assert.deepEqual(policyNames(built.stdout), []);
      assert.match(built.stdout, /kind: Deployment/);
    });

    it('refuses the function without any flag', () => {
      const built = withApp('shop', (app) => runClient(kustomize, ['build', app]));
      assert.notEqual(built.status, 0);
      assert.equal(built.stdout, '');
    });

    it('shows no resources to a generator, so there are no policies', () => {
      const built = withApp('shop', (app) => {
        const path = join(app, 'kustomization.yaml');
        writeFileSync(path, readFileSync(path, 'utf8').replace('transformers:', 'generators:'));
        return kustomizeBuild(kustomize, app);
      });
      assert.equal(built.status, 0, built.stderr);
      assert.deepEqual(policyNames(built.stdout), []);
      assert.match(built.stdout, /kind: Deployment/);
      assert.match(built.stderr, /\[no-objects\]/);
    });

    it('takes an empty stdout with exit code 0 for an empty build', () => {
      const built = buildWith(kustomize, '#!/bin/sh\nexit 0\n');
      assert.equal(built.status, 0, built.stderr);
      assert.equal(built.stdout, '');
    });

    it('builds nothing, and says why, when an annotation has a mistake', () => {
      const built = withFolder((folder) => {
        cpSync(join(DATA, 'apps', 'shop'), folder, { recursive: true });
        const path = join(folder, 'shop.yaml');
        writeFileSync(path, readFileSync(path, 'utf8').replace('allow-to: cart', 'allow-to: chart'));
        addFunction(folder);
        return kustomizeBuild(kustomize, folder);
      });
      assert.notEqual(built.status, 0);
      assert.equal(built.stdout, '');
      assert.match(
        built.stderr,
        /\[error\] apps\/v1\/Deployment\/web .*"chart" \(did you mean "cart"\?\) \[unknown-peer\]/,
      );
    });

    it('hands on what the function says on stderr when it succeeds', () => {
      const built = withFolder((folder) => {
        cpSync(join(DATA, 'apps', 'shop'), folder, { recursive: true });
        const path = join(folder, 'shop.yaml');
        writeFileSync(path, readFileSync(path, 'utf8').replace('db, internet:443', 'db, internet:443, db:6666'));
        addFunction(folder);
        return kustomizeBuild(kustomize, folder);
      });
      assert.equal(built.status, 0, built.stderr);
      assert.match(built.stderr, /\[warning\] .* \[undeclared-port\]/);
    });
  });
}

describeWith('kubectl', 'kubectl kustomize', (kubectl) => {
  it('skips the function too, since it has no flag that runs it', () => {
    const built = withApp('shop', (app) => runClient(kubectl, ['kustomize', app, '--enable-alpha-plugins']));
    assert.equal(built.status, 0, built.stderr);
    assert.deepEqual(policyNames(built.stdout), []);
    const refused = withApp('shop', (app) => runClient(kubectl, ['kustomize', app, ...EXEC_FLAGS]));
    assert.match(refused.stderr, /unknown flag: --enable-exec/);
  });
});

/** Builds the shop with a script in the function's place. */
function buildWith(kustomize: string, script: string): ClientRun {
  return withApp('shop', (app) => {
    const path = join(app, 'function.sh');
    writeFileSync(path, script);
    chmodSync(path, 0o755);
    const config = join(app, 'postern.yaml');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/path: .*/, 'path: ./function.sh'));
    return kustomizeBuild(kustomize, app);
  });
}
