import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../survival/build-tree.ts';
import { type ClientRun, kustomizeBuild, runClient } from '../survival/run-client.ts';
import { describeWith, POSTERN, ROOT, tool } from '../tools.ts';
import { buildImage, describeWithEngine, IMAGE } from './engine.ts';

/** Clients with Kustomize in them, and what makes them build; kubectl cannot run executables at all. */
const CLIENTS: Readonly<Record<string, string>> = {
  'kustomize-5.8.2': 'build',
  'kubectl-1.27': 'kustomize',
  'kubectl-1.33': 'kustomize',
};

const TREE = join(ROOT, 'testdata', 'containers', 'kustomize');
const PLUGINS = '--enable-alpha-plugins';

describeWithEngine('the container in Kustomize', (engine) => {
  before(() => {
    buildImage(engine);
  });

  for (const [client, command] of Object.entries(CLIENTS)) {
    describeWith(client, client, (path) => {
      const build = (folder: string, ...flags: readonly string[]): ClientRun =>
        runClient(path, [command, ...flags, folder], { env: engine.env });

      for (const [title, folder] of Object.entries({
        'as a transformer, after a prefix': 'transformer',
        'inside a component': 'with-component',
        'with a config built by patches': 'patched',
      })) {
        it(`gives the build that the executable gives, ${title}`, () => {
          const { status, stdout, stderr } = build(join(TREE, folder), PLUGINS);
          assert.equal(status, 0, stderr);
          assert.match(stdout, /^kind: NetworkPolicy$/m);
          assert.equal(stdout, buildWithExecutable(folder));
        });
      }

      it('reads what patches put into the config', () => {
        assert.match(build(join(TREE, 'patched'), PLUGINS).stdout, /^ {10}- prometheus$/m);
      });

      it('stops the build at a mistake, and shows what is wrong', () => {
        withMistake((tree) => {
          for (const folder of ['transformer', 'with-component', 'validator']) {
            assertStopped(build(join(tree, folder), PLUGINS), /^\[error\] .*web .*got "chart".* \[unknown-peer\]/m);
          }
        });
      });

      // Kustomize adds annotations to what a function returns, and compares nodes with their places in the text.
      it('never passes as a validator what it would change', () => {
        for (const folder of ['validator', 'validator-after']) {
          assertStopped(build(join(TREE, folder), PLUGINS), /validator shouldn't modify the resource map/);
        }
      });

      it('stops the build where the flag is forgotten', () => {
        assertStopped(build(join(TREE, 'transformer')), /external plugins disabled/);
      });

      it('stops the build where there is no engine', () => {
        const env = { ...engine.env, PATH: TREE };
        assertStopped(runClient(path, [command, PLUGINS, join(TREE, 'transformer')], { env }), /"docker".*not found/);
      });
    });
  }

  it('leaves no container behind', () => {
    const { stdout } = runClient(engine.podman, ['ps', '--all', '--quiet', '--filter', `ancestor=${IMAGE}`]);
    assert.equal(stdout, '');
  });
});

const builtWithExecutable = new Map<string, string>();

/** The same tree with the executable in place of the image, which only Kustomize itself can run. */
function buildWithExecutable(folder: string): string {
  const known = builtWithExecutable.get(folder);
  if (known !== undefined) return known;
  return withTree((tree) => {
    edit(join(tree, 'config', 'postern.yaml'), /container:\n( +)image: .*/, `exec:\n$1path: ${POSTERN}`);
    const { status, stdout, stderr } = kustomizeBuild(tool('kustomize-5.8.2') ?? assert.fail(), join(tree, folder));
    assert.equal(status, 0, stderr);
    builtWithExecutable.set(folder, stdout);
    return stdout;
  });
}

function withMistake(use: (tree: string) => void): void {
  withTree((tree) => {
    edit(join(tree, 'base', 'shop.yaml'), /allow-to: cart/, 'allow-to: chart');
    use(tree);
  });
}

function withTree<Result>(use: (tree: string) => Result): Result {
  return withFolder((tree) => {
    cpSync(TREE, tree, { recursive: true });
    return use(tree);
  });
}

function edit(path: string, from: RegExp, to: string): void {
  const text = readFileSync(path, 'utf8');
  assert.match(text, from);
  writeFileSync(path, text.replace(from, to));
}

/** What cannot be applied by a pipeline that looks at the exit status, nor by one that does not. */
function assertStopped({ status, stdout, stderr }: ClientRun, says: RegExp): void {
  assert.notEqual(status, 0);
  assert.equal(stdout, '');
  assert.match(stderr, says);
}
