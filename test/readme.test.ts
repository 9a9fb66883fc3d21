import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { loadAll } from 'js-yaml';
import { run } from '../src/run.ts';
import { printProblems, read } from './config/read.ts';
import { ROOT } from './tools.ts';

const PAGES = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...['docs', 'functions', 'testdata'].flatMap(pagesIn),
];

describe('README.md', () => {
  const blocks = fences('README.md', 'yaml');
  const [before = '', after = ''] = blocks;

  it('shows a policy that its example really gives', () => {
    const { output, failed, problems } = run({ input: before });
    assert.deepEqual([failed, problems], [false, []]);
    const [comment, ...policy] = after.split('\n');
    assert.match(comment ?? '', /^# after/);
    const documents = output.split(/^---\n/m).map((document) => document.trimEnd());
    assert.deepEqual(
      documents.filter((document) => document === policy.join('\n').trimEnd()),
      [policy.join('\n').trimEnd()],
    );
  });

  it('counts the policies of its example', () => {
    const { output } = run({ input: before });
    assert.equal(output.match(/^kind: NetworkPolicy$/gm)?.length, 4);
    assert.match(readFileSync(join(ROOT, 'README.md'), 'utf8'), /Postern adds four policies/);
  });

  it('has only configs that are read without problems', () => {
    const configs = blocks.filter((block) => /^kind: NetworkPolicyGenerator$/m.test(block));
    assert.equal(configs.length, 2);
    for (const config of configs) assert.deepEqual(printProblems(read(config).problems), [], config);
  });

  it('has a list whose items all parse', () => {
    const list = blocks.find((block) => block.startsWith('postern.dev/allow-to: |')) ?? assert.fail('there is no list');
    const annotations = list.replace(/^/gm, '    ');
    const { problems } = run({
      input: `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n${annotations}`,
    });
    const unknown = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    // The example's own objects are the only thing that is missing here.
    assert.deepEqual(new Set(unknown), new Set(['unknown-peer', 'unselectable']));
  });
});

describe('docs/examples', () => {
  for (const page of pagesIn('docs/examples')) {
    it(`${page} shows a policy of its golden case`, () => {
      const shown = fences(page, 'yaml').filter((block) => block.startsWith('# after\n'));
      assert.notEqual(shown.length, 0);
      const golden = goldenPolicies(basename(page, '.md'));
      for (const block of shown) assert.ok(golden.has(block.slice('# after\n'.length).trimEnd()), block);
    });
  }
});

describe('the pages', () => {
  it('are found', () => assert.ok(PAGES.length > 10, PAGES.join(' ')));

  for (const page of PAGES) {
    it(`${page} links to what exists`, () => {
      for (const link of linksOf(page)) assert.ok(leadsSomewhere(page, link), `${page}: ${link}`);
    });

    it(`${page} has only YAML that parses`, () => {
      for (const block of fences(page, 'yaml')) assert.doesNotThrow(() => loadAll(block), `${page}:\n${block}`);
    });
  }
});

function pagesIn(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

/** Every policy that the kustomizations of a seed are known to give. */
function goldenPolicies(seed: string): Set<string> {
  const folder = join(ROOT, 'testdata', 'seeds', seed);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => basename(name) === 'expected.yaml',
  );
  const texts = files.map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => text.split(/^---\n/m)).map((document) => document.trimEnd()));
}

/** The blocks of a page in one language. */
function fences(page: string, language: string): string[] {
  const blocks = readFileSync(join(ROOT, page), 'utf8').matchAll(
    new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'),
  );
  return Array.from(blocks, ([, text = '']) => text);
}

/** Targets of a page's links inside the project. */
function linksOf(page: string): string[] {
  const prose = readFileSync(join(ROOT, page), 'utf8').replace(/^```.*?^```$/gms, '');
  const targets = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || anchorsOf(target).has(anchor);
}

/** The anchors that GitHub gives to a page's headings. */
function anchorsOf(page: string): Set<string> {
  const headings = readFileSync(join(ROOT, page), 'utf8').matchAll(/^#+ (.*)$/gm);
  return new Set(
    Array.from(headings, ([, text = '']) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
