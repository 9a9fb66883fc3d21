import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../tools.ts';
import { type ApiServer, serveApi } from './api-server.ts';
import { outcomeOf, type ScriptOutcome, startScript, withCluster } from './run-script.ts';
import { SHOP, scriptFor } from './shop.ts';

for (const client of ['kubectl', 'kubectl-1.27', 'kubectl-1.33']) {
  describeWith(client, `a script with the real ${client}`, (kubectl) => {
    let api: ApiServer;
    let outcome: ScriptOutcome;

    before(async () => {
      api = await serveApi();
      await withCluster({}, async ({ folder }) => {
        const config = join(folder, 'kubeconfig');
        writeFileSync(config, JSON.stringify(kubeconfig(api.url)));
        const env = { KUBECTL: kubectl, KUBECONFIG: config, HOME: folder };
        outcome = await outcomeOf(startScript(scriptFor(SHOP), folder, 'sh', env));
      });
    });

    after(() => api.close());

    it('passes', () => {
      assert.match(outcome.stdout, /^6 passed, 0 failed, 0 skipped$/m);
      assert.equal(outcome.stderr, '6 connections in the cluster of context stand-in\n');
      assert.equal(outcome.status, 0);
    });

    it('makes pods that have the labels of a workload, and are nobody else’s', () => {
      const [owner, ...pods] = api.made;
      assert.equal(owner.kind, 'ConfigMap');
      const run = owner.metadata.labels['postern.dev/script'];
      const labels = [{ app: 'cart' }, { app: 'web' }, {}];
      assert.deepEqual(
        pods.map((pod) => [pod.metadata.namespace, pod.metadata.labels]),
        labels.map((own) => ['shop', { ...own, 'postern.dev/script': run }]),
      );
      for (const { metadata, spec } of pods) {
        const { name, uid } = owner.metadata;
        assert.deepEqual(metadata.ownerReferences, [
          { apiVersion: 'v1', kind: 'ConfigMap', name, uid, controller: true },
        ]);
        assert.deepEqual(spec.readinessGates, [{ conditionType: 'postern.dev/never-ready' }]);
        assert.equal(spec.restartPolicy, 'Never');
        assert.equal(spec.containers.length, 1);
        assert.equal(spec.containers[0].image, 'busybox:1.37');
        assert.equal(spec.containers[0].securityContext.allowPrivilegeEscalation, false);
      }
    });

    it('deletes all that it made', () => {
      const paths = api.made.map(({ kind, metadata }) => `${kind.toLowerCase()}s/${metadata.name}`);
      const deleted = api.requests.flatMap((line) => /^DELETE .*\/namespaces\/shop\/([^?]+)/.exec(line)?.[1] ?? []);
      assert.deepEqual(deleted.sort(), paths.sort());
    });
  });
}

function kubeconfig(server: string): object {
  const name = 'stand-in';
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: {} }],
  };
}
