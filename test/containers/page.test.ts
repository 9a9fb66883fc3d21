import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withFolder } from '../survival/build-tree.ts';
import { runClient } from '../survival/run-client.ts';
import { ROOT, tool } from '../tools.ts';
import { buildImage, describeWithEngine, IMAGE, REPOSITORY } from './engine.ts';

const PAGE = readFileSync(join(ROOT, 'docs', 'container.md'), 'utf8');

describeWithEngine('docs/container.md, followed literally', (engine) => {
  before(() => {
    buildImage(engine);
  });

  it('has commands that all work, one after the other, on the files that it shows', () => {
    const commands = fences('sh').flatMap((block) => block.trimEnd().split('\n'));
    assert.ok(commands.length > 8, commands.join('\n'));
    withFolder((root) => {
      const folder = join(root, 'shop');
      cpSync(join(ROOT, 'testdata', 'containers', 'kustomize', 'base'), folder, { recursive: true });
      for (const block of fences('yaml')) {
        const [, name] = /^# (\S+)\n/.exec(block) ?? [];
        if (name !== undefined) writeFileSync(join(folder, name), block);
      }
      symlinkSync(tool('kustomize-5.8.2') ?? assert.fail('there is no kustomize'), join(root, 'kustomize'));
      const env = { ...engine.env, PATH: `${root}${delimiter}${engine.env['PATH']}` };
      for (const command of commands) {
        const { status, stderr } = runClient('bash', ['-c', command], { cwd: folder, env });
        assert.equal(status, 0, `${command}\n${stderr}`);
        if (command.endsWith('> all.yaml')) assertPolicies(join(folder, 'all.yaml'), command);
      }
      const left = ['all.yaml', 'networkpolicy_web.yaml', 'postern.cdx.json', 'results', 'shop'];
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      for (const name of left)
        assert.ok(
          files.some((path) => path.endsWith(name)),
          `${name}: ${files.join(' ')}`,
        );
    });
  });
});

describe('the name of the image', () => {
  const files = ['.', 'docs', 'examples', 'functions', 'test', 'testdata/containers'].flatMap(textsIn);

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

function assertPolicies(path: string, command: string): void {
  assert.equal(readFileSync(path, 'utf8').match(/^kind: NetworkPolicy$/gm)?.length, 4, command);
}

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
