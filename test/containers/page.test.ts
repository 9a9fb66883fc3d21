import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withFolder } from '../survival/build-tree.ts';
import { runClient } from '../survival/run-client.ts';
import { ROOT, tool } from '../tools.ts';
import { buildImage, describeWithEngine, IMAGE, REPOSITORY } from './engine.ts';

const SHOP = join(ROOT, 'testdata', 'containers', 'kustomize', 'base', 'shop.yaml');
const PAGE = readFileSync(join(ROOT, 'docs', 'container.md'), 'utf8');

const HAS_FOUR_POLICIES = "test $(grep -c '^kind: NetworkPolicy$' all.yaml) = 4";

describeWithEngine('docs/container.md, followed literally', (engine) => {
  before(() => {
    buildImage(engine);
  });

  it('has commands that all work, one after the other, on the files that it shows', () => {
    const blocks = fences('sh');
    assert.ok(blocks.length > 4, blocks.join('\n'));
    withFolder((root) => {
      const folder = join(root, 'here');
      for (const place of ['.', 'my-package', 'other-package']) {
        cpSync(SHOP, join(folder, place, 'shop.yaml'), { recursive: true });
      }
      for (const block of fences('yaml')) {
        const [, name] = /^# (\S+)\n/.exec(block) ?? [];
        if (name !== undefined) writeFileSync(join(folder, name), block);
      }
      cpSync(join(folder, 'network-policies.yaml'), join(folder, 'my-package', 'network-policies.yaml'));
      const kptfile = 'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: other-package\n';
      writeFileSync(join(folder, 'other-package', 'Kptfile'), kptfile);
      symlinkSync(tool('kustomize-5.8.2') ?? assert.fail('there is no kustomize'), join(root, 'kustomize'));
      const env = { ...engine.env, PATH: `${root}${delimiter}${engine.env['PATH']}` };
      for (const block of blocks) {
        // Each command that writes all.yaml is held to what it wrote.
        const script = block.replace(/> all\.yaml$/gm, (end) => `${end} && ${HAS_FOUR_POLICIES}`);
        const { status, stderr } = runClient('bash', ['-ec', script], { cwd: folder, env });
        assert.equal(status, 0, `${script}\n${stderr}`);
      }
      for (const place of ['my-package', 'other-package']) {
        assert.ok(existsSync(join(folder, place, 'shop', 'networkpolicy_web.yaml')), place);
      }
      assert.ok(existsSync(join(folder, 'results', 'results.yaml')));
      assert.ok(existsSync(join(folder, 'postern.cdx.json')));
    });
  });
});

describe('the name of the image', () => {
  const files = ['.', 'docs', 'examples', 'functions', 'testdata/containers'].flatMap(textsIn);

  it(`is ${IMAGE} wherever it has a tag`, () => {
    const named = files.flatMap(([path, text]) =>
      Array.from(text.matchAll(/ghcr\.io\/postern-dev\/postern(?![\w-])(:[\w.]+)?/g), ([, tag]) => ({ path, tag })),
    );
    assert.ok(named.length > 10);
    const tagged = named.filter(({ tag }) => tag !== undefined);
    assert.deepEqual(
      tagged.filter(({ tag }) => `${REPOSITORY}${tag}` !== IMAGE),
      [],
    );
  });
});

/** The blocks of the page in one language; those in `shell` need a registry, or a build of several platforms. */
function fences(language: string): readonly string[] {
  const blocks = PAGE.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'));
  return Array.from(blocks, ([, text = '']) => text);
}

/** The files of a folder, of the project's own folder only those directly in it. */
function textsIn(folder: string): readonly (readonly [string, string])[] {
  const path = join(ROOT, folder);
  const entries = readdirSync(path, { recursive: folder !== '.', withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file, readFileSync(file, 'utf8')]);
}
