import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CLIENT_PROGRAM } from '../../src/emit/script/client-program.ts';
import { quoteShell } from '../../src/emit/script/quote-shell.ts';
import { describeWith, ROOT } from '../tools.ts';
import { outcomeOf, runScript, startScript, withCluster } from './run-script.ts';
import { SHOP, scriptFor } from './shop.ts';

const CLUSTER = {
  pods: 'shop 10.0.0.1 app=cart\nkube-system 10.0.0.2 k8s-app=kube-dns\n',
  // A stranger's only label is the script's own.
  open: `app=web 10.0.0.1 7070\n${['app=web', 'app=cart', 'a-stranger'].map((who) => `${who} 10.0.0.2 53/udp\n`).join('')}`,
};

const WEB_TO_CART = 'app=web 10.0.0.1 7070\n';

/** The lines of the table, with single spaces. */
function table(stdout: string): readonly string[] {
  return stdout.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
}

describe('a script for a live cluster', () => {
  const text = scriptFor(SHOP);

  for (const shell of ['sh', 'bash']) {
    it(`passes in ${shell} where the cluster does what the policies say`, async () => {
      await withCluster(CLUSTER, async (cluster) => {
        const { status, stdout, stderr } = await runScript(text, cluster, shell);
        assert.equal(stderr, '6 connections in the cluster of context test\n');
        assert.deepEqual(table(stdout), [
          'RESULT SOURCE DESTINATION PORT MUST BE NOTE',
          'passed shop/cart kube-system/k8s-app=kube-dns 53/udp allowed',
          'passed shop/cart shop/cart 7070/tcp denied',
          'passed shop/web kube-system/k8s-app=kube-dns 53/udp allowed',
          'passed shop/web shop/cart 7070/tcp allowed',
          'passed a stranger in shop kube-system/k8s-app=kube-dns 53/udp allowed',
          'passed a stranger in shop shop/cart 7070/tcp denied',
          '',
          '6 passed, 0 failed, 0 skipped',
          '',
        ]);
        assert.equal(status, 0);
      });
    });
  }

  it('fails where a connection is closed that should be open, refused or without an answer', async () => {
    await withCluster({ ...CLUSTER, open: CLUSTER.open.replace(WEB_TO_CART, '') }, async (cluster) => {
      const { status, stdout } = await runScript(text, cluster);
      assert.ok(table(stdout).includes('FAILED shop/web shop/cart 7070/tcp allowed no answer in 3 s'), stdout);
      assert.match(stdout, /^passed +a stranger in shop .* unproven: no connection to this port was seen$/m);
      assert.equal(status, 1);
    });
    await withCluster(
      { ...CLUSTER, open: CLUSTER.open.replace(WEB_TO_CART, ''), refused: WEB_TO_CART },
      async (cluster) => {
        const { status, stdout } = await runScript(text, cluster);
        assert.match(stdout, /^FAILED +shop\/web .* refused: nothing listens there, or the network refuses$/m);
        assert.equal(status, 1);
      },
    );
  });

  it('fails where a connection is open that should be closed', async () => {
    await withCluster({ ...CLUSTER, open: `${CLUSTER.open}a-stranger 10.0.0.1 7070\n` }, async (cluster) => {
      const { status, stdout } = await runScript(text, cluster);
      assert.ok(table(stdout).includes('FAILED a stranger in shop shop/cart 7070/tcp denied it connects'), stdout);
      assert.match(stdout, /^5 passed, 1 failed, 0 skipped$/m);
      assert.equal(status, 1);
    });
  });

  it('skips what has no ready pod, and does not call that a success', async () => {
    await withCluster({ ...CLUSTER, pods: 'kube-system 10.0.0.2 k8s-app=kube-dns\n' }, async (cluster) => {
      const { status, stdout } = await runScript(text, cluster);
      assert.ok(table(stdout).includes('skipped shop/web shop/cart 7070/tcp allowed no pod of it is ready'), stdout);
      assert.match(stdout, /^3 passed, 0 failed, 3 skipped$/m);
      assert.equal(status, 3);
    });
  });

  it('gives up on clients that never start, and takes them away', async () => {
    const impatient = text
      .replace('start_within=60', 'start_within=0')
      .replace(/program_seconds=\d+/, 'program_seconds=0');
    await withCluster({ ...CLUSTER, phase: 'Pending' }, async (cluster) => {
      const { status, stdout } = await runScript(impatient, cluster);
      assert.match(stdout, /^skipped +shop\/web .* its client did not start in 0 s$/m);
      assert.match(stdout, /^0 passed, 0 failed, 6 skipped$/m);
      assert.equal(status, 3);
      assertCleanedUp(cluster.calls());
    });
  });

  it('starts nothing when its time to prepare is over', async () => {
    await withCluster(CLUSTER, async (cluster) => {
      const { status, stdout } = await runScript(text.replace(/prepare_within=\d+/, 'prepare_within=0'), cluster);
      assert.match(stdout, /^skipped .* out of time$/m);
      assert.equal(status, 3);
      assert.doesNotMatch(cluster.calls(), / run /);
    });
  });

  it('says what kubectl said when it refuses', async () => {
    const refusal = 'Error from server (Forbidden): pods is forbidden\nand more\n';
    await withCluster({ ...CLUSTER, 'run-fails': refusal }, async (cluster) => {
      const { status, stdout } = await runScript(text, cluster);
      assert.match(stdout, /^skipped .* kubectl run: Error from server \(Forbidden\): pods is forbidden$/m);
      assert.match(stdout, /^0 passed, 0 failed, 6 skipped$/m);
      assert.equal(status, 3);
      assertCleanedUp(cluster.calls());
    });
    await withCluster({ ...CLUSTER, 'delete-fails': refusal }, async (cluster) => {
      const { status, stderr } = await runScript(text, cluster);
      assert.match(stderr, /^cannot delete the clients of shop \(uid-of-owner\): Error from server/m);
      assert.equal(status, 0);
    });
  });

  it('needs kubectl', async () => {
    await withCluster(CLUSTER, async (cluster) => {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own
      const { status, stderr } = await runScript(text.replace('${KUBECTL:-kubectl}', 'kubectl-nowhere'), cluster);
      assert.equal(stderr, 'kubectl-nowhere must be installed\n');
      assert.equal(status, 2);
    });
  });

  it('takes away what it started when it is interrupted', async () => {
    await withCluster({ ...CLUSTER, hang: '' }, async (cluster) => {
      const child = startScript(text, cluster.folder);
      const ended = outcomeOf(child);
      child.stdio[3]?.once('data', () => process.kill(-(child.pid as number), 'SIGINT'));
      const { status, stdout } = await ended;
      assert.equal(status, 130);
      assert.equal(stdout, '');
      assert.match(cluster.calls(), / run /);
      assertCleanedUp(cluster.calls());
      assert.deepEqual(
        readdirSync(cluster.folder).filter((name) => name.startsWith('tmp.')),
        [],
      );
    });
  });

  it('starts one client for each source, which no Service and no controller takes for its own', async () => {
    await withCluster(CLUSTER, async (cluster) => {
      await runScript(text, cluster);
      const runs = cluster
        .calls()
        .split('\n')
        .filter((line) => line.includes(' run '));
      assert.equal(runs.length, 3);
      for (const run of runs) {
        const overrides = JSON.parse(/--overrides (\{.*\}) --command/.exec(run)?.[1] ?? '');
        assert.deepEqual(overrides.spec.readinessGates, [{ conditionType: 'postern.dev/never-ready' }]);
        const [{ kind, uid, controller }] = overrides.metadata.ownerReferences;
        assert.deepEqual([kind, uid, controller], ['ConfigMap', 'uid-of-owner', true]);
        assert.equal(overrides.spec.activeDeadlineSeconds, 75);
      }
    });
  });
});

describe('a script', () => {
  it('quotes any text for the shell', () => {
    const special = fc.string({ unit: fc.constantFrom(...'\'"\\$`!;&|<>(){}[]*?~#= \t\n\r-a') });
    const any = fc.string({ unit: 'binary' }).filter((text) => !/[\0\ud800-\udfff]/.test(text));
    const texts = fc.array(fc.oneof(special, any), { minLength: 20, maxLength: 20 });
    const property = fc.property(texts, (words) => {
      const line = `printf '%s\\0' ${words.map(quoteShell).join(' ')}`;
      const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
      assert.deepEqual(stdout.split('\0').slice(0, -1), words);
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('makes no code of the names of manifests', async () => {
    const hostile = "x'; touch $CLUSTER/broken; '\n$(touch $CLUSTER/broken)`touch $CLUSTER/broken`";
    const yaml = SHOP.replace(
      'name: web, namespace: shop}\nspec:\n  selector',
      `name: ${JSON.stringify(hostile)}, namespace: shop}\nspec:\n  selector`,
    );
    assert.notEqual(yaml, SHOP);
    await withCluster(CLUSTER, async (cluster) => {
      const { status, stdout } = await runScript(scriptFor(yaml), cluster);
      assert.match(stdout, /^6 passed, 0 failed, 0 skipped$/m);
      assert.ok(stdout.includes("shop/x'; touch $CLUSTER/broken; '\\n$(touch"), stdout);
      assert.equal(status, 0);
      assert.ok(!readdirSync(cluster.folder).includes('broken'));
    });
  });

  it('leaves out what the API would not take', () => {
    const yaml = SHOP.replaceAll('{app: web}', `{app: "a,b=c"}`);
    const text = scriptFor(yaml);
    assert.match(text, /^# Not tried, the API takes no such labels: shop\/web$/m);
    assert.doesNotMatch(text, /a,b=c/);
  });
});

describeWith('shellcheck', 'shellcheck', (shellcheck) => {
  it('has nothing to say of a script', () => {
    const { stdout, status } = spawnSync(shellcheck, ['-'], { input: scriptFor(SHOP), encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });

  it('has nothing to say of what runs in a client, or of the stand-ins', () => {
    const folder = join(ROOT, 'test', 'script', 'stand-in');
    const files = readdirSync(folder).map((name) => join(folder, name));
    const options = { input: `#!/bin/sh\n# shellcheck disable=SC2086\n${CLIENT_PROGRAM}`, encoding: 'utf8' } as const;
    for (const words of [['-'], files]) {
      const { stdout, status } = spawnSync(shellcheck, words, options);
      assert.equal(stdout, '');
      assert.equal(status, 0);
    }
  });
});

function assertCleanedUp(calls: string): void {
  assert.match(calls, /delete pod,configmap --namespace shop --selector postern\.dev\/script=\S+ .*$/m);
}
