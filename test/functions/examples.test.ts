import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { REPOSITORY } from '../containers/engine.ts';
import { withFolder } from '../survival/build-tree.ts';
import { filesOf } from '../survival/kpt-package.ts';
import { type ClientRun, runClient } from '../survival/run-client.ts';
import { describeWith, ROOT } from '../tools.ts';

const FUNCTIONS = join(ROOT, 'functions');
const RENDER = ['fn', 'render', '--allow-exec'];
const HOME = 'https://github.com/postern-dev/postern/tree/main';
/** In the order of the functions there. */
const CATALOG = ['image', 'description', 'tags', 'sourceURL', 'examplePackageURLs', 'emails', 'license', 'hidden'];
const HOW_TO_UPDATE = 'the example is stale: "npm run build && kpt fn render --allow-exec", and review the diff';

const names = readdirSync(FUNCTIONS);

describe('published functions', () => {
  it('are there', () => assert.notDeepEqual(names, []));

  for (const name of names) {
    describe(name, () => {
      const folder = join(FUNCTIONS, name);
      const metadata = load(readFileSync(join(folder, 'metadata.yaml'), 'utf8')) as Metadata;

      it('has a README with its name and a config', () => {
        assert.match(readFileSync(join(folder, 'README.md'), 'utf8'), new RegExp(`^# ${name}\n`));
        assert.ok(existsSync(join(folder, 'fn-config.yaml')));
      });

      it("has metadata as kpt's catalog wants it, which names every example", () => {
        assert.deepEqual(Object.keys(metadata), CATALOG);
        assert.equal(metadata.image, REPOSITORY);
        assert.equal(metadata.license, 'Apache-2.0');
        assert.ok(metadata.description.length > 0);
        assert.ok(metadata.tags.includes('mutator') || metadata.tags.includes('validator'));
        assert.equal(metadata.sourceURL, `${HOME}/functions/${name}`);
        const examples = readdirSync(join(folder, 'examples')).map(
          (example) => `${HOME}/functions/${name}/examples/${example}`,
        );
        assert.deepEqual([...metadata.examplePackageURLs].sort(), examples.sort());
      });
    });
  }
});

describeWith('kpt', 'the examples of the published functions', (kpt) => {
  it('stay as they are when the Kptfile at the root is rendered', () => {
    withClone((clone) => {
      const packages = () => ['functions', 'examples'].map((name) => filesOf(join(clone, name)));
      const before = packages();
      assertSuccess(runClient(kpt, RENDER, { cwd: clone }));
      assert.deepEqual(packages(), before, HOW_TO_UPDATE);
      assert.deepEqual(readdirSync(clone).sort(), [
        '.krmignore',
        'Kptfile',
        'dist',
        'examples',
        'functions',
        'testdata',
      ]);
    });
  });

  it('get a policy again that was deleted', () => {
    withClone((clone) => {
      const before = filesOf(join(clone, 'functions'));
      const policies = Object.keys(before).filter((path) => path.includes('networkpolicy_'));
      const rendered = policies.filter((path) => !/\/(plain|in-a-container)\//.test(path));
      assert.notDeepEqual(rendered, []);
      for (const path of rendered) rmSync(join(clone, 'functions', path));
      assertSuccess(runClient(kpt, RENDER, { cwd: clone }));
      assert.deepEqual(filesOf(join(clone, 'functions')), before, HOW_TO_UPDATE);
    });
  });

  for (const path of examplesWithKptfile()) {
    it(`render ${path} alone`, () => {
      withClone((clone) => {
        const before = filesOf(join(clone, path));
        assertSuccess(runClient(kpt, [...RENDER, path], { cwd: clone }));
        assert.deepEqual(filesOf(join(clone, path)), before, HOW_TO_UPDATE);
      });
    });
  }

  it('render from this very folder, whatever else is in it', () => {
    const run = runClient(kpt, [...RENDER, '--output', 'unwrap'], { cwd: ROOT });
    assertSuccess(run);
    assert.match(run.stdout, /^kind: NetworkPolicy$/m);
  });
});

interface Metadata {
  readonly image: string;
  readonly description: string;
  readonly license: string;
  readonly tags: readonly string[];
  readonly sourceURL: string;
  readonly examplePackageURLs: readonly string[];
}

function examplesWithKptfile(): readonly string[] {
  const paths = readdirSync(FUNCTIONS, { recursive: true, encoding: 'utf8' });
  return paths
    .filter((path) => path.endsWith('/Kptfile'))
    .map((path) => join('functions', path.slice(0, -'/Kptfile'.length)));
}

/** What a fresh clone has of kpt's concern after `npm run build`, and YAML that is none of it. */
function withClone(use: (clone: string) => void): void {
  withFolder((clone) => {
    for (const name of ['Kptfile', '.krmignore', 'functions', 'examples', 'dist']) {
      cpSync(join(ROOT, name), join(clone, name), { recursive: true, dereference: true });
    }
    cpSync(join(ROOT, 'testdata', 'survival', 'rows'), join(clone, 'testdata'), { recursive: true });
    use(clone);
  });
}

function assertSuccess({ status, stderr }: ClientRun): void {
  assert.equal(status, 0, stderr);
}
