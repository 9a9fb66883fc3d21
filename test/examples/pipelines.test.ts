import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { type ClientRun, runClient } from '../survival/run-client.ts';
import { describeWith, ROOT } from '../tools.ts';
import { withExamples } from './shop.ts';

interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: { readonly render: { readonly strategy: Strategy; readonly steps: readonly Step[] } };
}

interface Strategy {
  readonly matrix: { readonly overlay: readonly string[] };
}

interface Step {
  readonly name?: string;
  readonly run?: string;
}

interface Job {
  readonly parallel: { readonly matrix: readonly { readonly OVERLAY: readonly string[] }[] };
  readonly script: readonly string[];
}

/** What a pipeline runs once its tools are there. */
interface Pipeline {
  readonly file: string;
  readonly overlays: readonly string[];
  readonly script: string;
}

const CI = join(ROOT, 'examples', 'ci');

describeWith('kustomize-5.8.2', 'the pipelines of the examples', () => {
  for (const { file, overlays, script } of [githubWorkflow(), gitlabJob()]) {
    describe(file, () => {
      it('names the overlays of the shop', () => {
        assert.deepEqual(overlays, ['kustomize/staging', 'kustomize/production']);
      });

      for (const overlay of overlays) {
        it(`renders and checks ${overlay}`, () => {
          const { status, stdout, stderr } = run(script, overlay);
          assert.equal(status, 0, stderr);
          assert.match(stdout, /^1 namespace and \d workloads are declared isolated, and all of them are closed\n$/);
        });
      }

      it('fails when the flag that runs the function is forgotten', () => {
        assert.ok(script.includes(' --enable-exec'));
        const { status, stderr } = run(script.replace(' --enable-exec', ''), 'kustomize/staging');
        assert.notEqual(status, 0);
        assert.match(stderr, /must be closed for ingress and egress.*\[not-isolated\]/);
      });

      it('fails when an annotation names nobody', () => {
        const broken = `sed -i 's/allow-to: database/allow-to: databse/' kustomize/base/cart.yaml\n${script}`;
        const { status, stderr } = run(broken, 'kustomize/staging');
        assert.notEqual(status, 0);
        assert.match(stderr, /got "databse" \(did you mean "database"\?\)/);
      });
    });
  }
});

describeWith('actionlint', "GitHub's workflow", (actionlint) => {
  it('has no mistake that actionlint finds', () => {
    const { status, stdout } = runClient(actionlint, ['-no-color', join(CI, 'github-workflow.yaml')]);
    assert.equal(status, 0, stdout);
  });
});

/** Both runners stop at the first command that fails. */
function run(script: string, overlay: string): ClientRun {
  return withExamples('.', ({ folder, env }) =>
    runClient('bash', ['-e', '-c', script], { cwd: folder, env: { ...env, OVERLAY: overlay } }),
  );
}

function githubWorkflow(): Pipeline {
  const file = 'github-workflow.yaml';
  const { render } = (load(readFileSync(join(CI, file), 'utf8')) as Workflow).jobs;
  const steps = render.steps.filter(({ name }) => name === 'Render' || name === 'Check');
  return { file, overlays: render.strategy.matrix.overlay, script: steps.map((step) => step.run).join('\n') };
}

function gitlabJob(): Pipeline {
  const file = 'gitlab-job.yaml';
  const job = (load(readFileSync(join(CI, file), 'utf8')) as Record<string, Job>)['network-policies'];
  assert.ok(job, 'the job is called network-policies');
  return { file, overlays: job.parallel.matrix.flatMap(({ OVERLAY }) => OVERLAY), script: job.script.join('\n') };
}
