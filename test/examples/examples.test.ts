import assert from 'node:assert/strict';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { streamOf } from '../survival/kpt-package.ts';
import { type ClientRun, kustomizeBuild, runClient } from '../survival/run-client.ts';
import { describeWith, ROOT } from '../tools.ts';
import { assertPolicies, ENVIRONMENTS, policiesOf, withExamples } from './shop.ts';

describe('the shop of the examples has the policies of examples/policies', () => {
  describeWith('kustomize-5.8.2', 'rendered by kustomize', (kustomize) => {
    for (const [name, namespace] of Object.entries(ENVIRONMENTS)) {
      it(`for ${name}`, () => {
        const { stdout } = withExamples('kustomize', ({ folder, env }) =>
          succeeded(kustomizeBuild(kustomize, join(folder, name), env)),
        );
        assertPolicies(name, policiesOf(stdout, namespace));
      });
    }
  });

  for (const helm of ['helm-3', 'helm-4']) {
    describeWith(helm, `rendered by ${helm}`, (path) => {
      for (const [name, namespace] of Object.entries(ENVIRONMENTS)) {
        it(`for ${name}`, () => {
          const { stdout } = withExamples('helm', ({ folder, env }) => {
            const values = name === 'production' ? ['--values', 'values-production.yaml'] : [];
            const config = `--post-renderer-args=--config=network-policies-${name}.yaml`;
            const args = ['template', 'shop', 'shop', '--namespace', namespace, ...values];
            const own = helm === 'helm-4' ? { ...env, HELM_PLUGINS: pluginsIn(folder) } : env;
            return succeeded(
              runClient(path, [...args, '--post-renderer', 'postern', config], { cwd: folder, env: own }),
            );
          });
          assertPolicies(name, policiesOf(stdout, namespace));
        });
      }
    });
  }

  describeWith('kpt', 'rendered by kpt', (kpt) => {
    it('for production', () => {
      const text = withExamples('kpt', ({ folder, env }) => {
        symlinkSync(join(ROOT, 'dist'), join(folder, 'dist'));
        rmSync(join(folder, 'shop', 'shop'), { recursive: true });
        succeeded(runClient(kpt, ['fn', 'render', '--allow-exec', 'shop'], { cwd: folder, env }));
        return streamOf(join(folder, 'shop'));
      });
      assertPolicies('production', policiesOf(text, 'shop'));
    });
  });
});

/** Helm 4 takes a plugin where Helm 3 takes a command. */
function pluginsIn(folder: string): string {
  const plugins = join(folder, 'plugins');
  mkdirSync(plugins);
  symlinkSync(ROOT, join(plugins, 'postern'));
  return plugins;
}

function succeeded(run: ClientRun): ClientRun {
  assert.equal(run.status, 0, run.stderr);
  return run;
}
