import assert from 'node:assert/strict';
import type { Problem } from '../../src/model/problem.ts';
import { openFiles } from '../../src/parse/input/open-input.ts';
import { open, openWell, typesOf, valueOfItem } from './opened.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';
const A = 'apiVersion: v1\nkind: A\nmetadata: {name: a}\n';
const B = 'apiVersion: v1\nkind: B\nmetadata: {name: b}\n';

describe('opening a ResourceList', () => {
  for (const version of ['v1', 'v1beta1', 'v1alpha1']) {
    it(`of config.kubernetes.io/${version}`, () => {
      const text = `apiVersion: config.kubernetes.io/${version}\nkind: ResourceList\nitems:\n- {apiVersion: v1, kind: A}\n`;
      assert.deepEqual(typesOf(openWell(text)), ['v1/A']);
    });
  }

  it('finds items by their lines alone, and does not parse them', () => {
    const input = openWell(
      `${HEAD}items:\n- apiVersion: v1\n  kind: A\n  a: [\n- kind: B\n  apiVersion: v1\n  b: "x\n`,
    );
    assert.deepEqual(typesOf(input), ['v1/A', 'v1/B']);
    assert.ok(input.items.every((item) => 'problem' in item.read()));
  });

  it('takes its keys in any order', () => {
    const config = 'functionConfig:\n  apiVersion: v1\n  kind: C\n  items:\n  - no item\n';
    const items = 'items:\n  - apiVersion: v1\n    kind: A\n';
    const [before, after] = [`${config}${items}results: []\n${HEAD}`, `${HEAD}${items}${config}`].map(openWell);
    assert.deepEqual(before?.functionConfig, { apiVersion: 'v1', kind: 'C', items: ['no item'] });
    assert.deepEqual(after?.functionConfig, before?.functionConfig);
    assert.deepEqual(
      [before, after].map((input) => input && typesOf(input)),
      [['v1/A'], ['v1/A']],
    );
  });

  for (const items of [
    '',
    'items: []\n',
    'items:\n',
    'items: null # none\n',
    'items: ~\n',
    'items: &x\n',
    'items: !!seq []\n',
  ]) {
    it(`may hold no items: ${JSON.stringify(items)}`, () => {
      assert.deepEqual(openWell(`${HEAD}${items}`).items, []);
    });
  }

  it('reads items in flow style, and JSON', () => {
    const object = { apiVersion: 'v1', kind: 'A', list: [1, { b: '}]' }], big: 1 };
    const list = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: [object, object] };
    for (const text of [
      JSON.stringify(list),
      JSON.stringify(list, null, '\t'),
      `${HEAD}items: ${JSON.stringify([object, object])}\n`,
    ]) {
      const input = openWell(text);
      assert.deepEqual(
        input.items.map((item) => valueOfItem(item)),
        [object, object],
      );
      for (const item of input.items) assert.deepEqual(JSON.parse(item.text), object);
    }
  });

  it('reads anchors that are used in other items', () => {
    const input = openWell(
      `${HEAD}items:\n- apiVersion: v1\n  kind: A\n  x: &x {a: [1, &y 2]}\n- apiVersion: v1\n  kind: B\n  x: *x\n  y: *y\n`,
    );
    assert.deepEqual(valueOfItem(input.items[1]), { apiVersion: 'v1', kind: 'B', x: { a: [1, 2] }, y: 2 });
  });

  it('knows what %TAG makes of its tags', () => {
    const input = openWell(
      `%TAG !k! tag:yaml.org,2002:\n---\n${HEAD}items:\n- apiVersion: v1\n  kind: A\n  x: !k!str 1\n`,
    );
    assert.deepEqual(valueOfItem(input.items[0]), { apiVersion: 'v1', kind: 'A', x: '1' });
  });

  it('tells what an item is only where its lines say so for sure', () => {
    const items = [
      '- kind: A\n  apiVersion: v1\n  kind2: B',
      '- {kind: A, apiVersion: v1}',
      '- "kind": \'A\'\n  apiVersion: "v1"',
      '- kind:\n    A\n  apiVersion: v1',
      '- <<: {kind: Z}\n  kind: A\n  apiVersion: v1',
      '- kind: &k A\n  apiVersion: v1',
      '- ? kind\n  : A\n  apiVersion: v1',
    ];
    for (const item of items) assert.deepEqual(typesOf(openWell(`${HEAD}items:\n${item}\n`)), ['v1/A'], item);
  });
});

describe('an item whose kind goes on in the next line', () => {
  it('is looked at by parsing', () => {
    assert.deepEqual(typesOf(openWell(`${HEAD}items:\n- apiVersion: v1\n  kind: A\n    B\n`)), ['v1/A B']);
  });
});

describe('opening a stream', () => {
  it('skips what is empty, and keeps to the markers', () => {
    const text = `# head\n%YAML 1.2\n--- # comment\n${A}...\n# between\n---\n---\n# only a comment\n--- \n${B}data: |\n  x\n  ---\n--- {apiVersion: v1, kind: C}\n---\n`;
    assert.deepEqual(typesOf(openWell(text)), ['v1/A', 'v1/B', 'v1/C']);
  });

  it('reads CRLF, a CR alone and a byte order mark', () => {
    for (const newline of ['\r\n', '\r']) {
      const input = openWell(`\uFEFF${A}---\n${B}`.replaceAll('\n', newline));
      assert.deepEqual(input.items.map(valueOfItem), [
        { apiVersion: 'v1', kind: 'A', metadata: { name: 'a' } },
        { apiVersion: 'v1', kind: 'B', metadata: { name: 'b' } },
      ]);
    }
  });

  it('splits files that were put together with their byte order marks', () => {
    assert.deepEqual(typesOf(openWell(`\uFEFF${A}\uFEFF---\n${B}`)), ['v1/A', 'v1/B']);
  });

  it('counts the members of a List one by one', () => {
    const text = `${A}---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: B\n- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: C}\n---\n${B}`;
    const input = openWell(text);
    assert.deepEqual(typesOf(input), ['v1/A', 'v1/B', 'v1/C', 'v1/B']);
    assert.deepEqual(
      input.items.map(({ index }) => index),
      [0, 1, 2, 3],
    );
  });

  it('tells the members of a PodList what they are', () => {
    const pod = { metadata: { name: 'p' } };
    const input = openWell(
      JSON.stringify({ apiVersion: 'v1', kind: 'PodList', metadata: { resourceVersion: '1' }, items: [pod] }),
    );
    assert.deepEqual(typesOf(input), ['v1/Pod']);
    assert.deepEqual(valueOfItem(input.items[0]), { apiVersion: 'v1', kind: 'Pod', ...pod });
  });

  it('leaves other kinds that end in List alone', () => {
    for (const text of ['items: [a, b]\n', 'metadata: {name: x}\nitems: [{metadata: {}}]\n', 'spec: {}\nitems: []\n']) {
      assert.deepEqual(typesOf(openWell(`apiVersion: x/v1\nkind: AllowList\n${text}`)), ['x/v1/AllowList']);
    }
  });
});

describe('opening files', () => {
  it('numbers the objects of all files, and names the file of each', () => {
    const problems: Problem[] = [];
    const files = [
      { path: 'a.yaml', text: `${A}---\n${B}` },
      { path: 'b.json', text: '{"apiVersion":"v1","kind":"C"}' },
    ];
    const input = openFiles(files, (problem) => problems.push(problem));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      input?.items.map(({ index, kind, file }) => [index, kind, file]),
      [
        [0, 'A', 'a.yaml'],
        [1, 'B', 'a.yaml'],
        [2, 'C', 'b.json'],
      ],
    );
  });

  it('names the file of what is no object, with its line', () => {
    const problems: Problem[] = [];
    openFiles(
      [
        { path: 'a.yaml', text: A },
        { path: 'values.yaml', text: '# c\nreplicas: 1\n' },
      ],
      (problem) => problems.push(problem),
    );
    assert.deepEqual(
      problems.map(({ code, file, message }) => [code, file, message]),
      [['invalid-item', 'values.yaml', 'must have apiVersion and kind (line 2, column 1)']],
    );
  });
});

describe('what cannot be opened', () => {
  const table: readonly [text: string, code: string, message: RegExp][] = [
    ['', 'empty-input', /got nothing/],
    [' \n\t\n', 'empty-input', /got nothing/],
    ['# only\n---\n# comments\n', 'empty-input', /only comments/],
    ['hello world\n', 'invalid-item', /got a string \(line 1, column 1\)/],
    ['- a\n- b\n', 'invalid-item', /got a list/],
    ['[]', 'invalid-item', /got a list/],
    ['{"a": 1}', 'invalid-item', /must have apiVersion and kind/],
    ['a: [1\n', 'invalid-yaml', /line 2, column 1|line 1/],
    ['{"a": ', 'invalid-yaml', /must be valid YAML/],
    ['\u0000', 'invalid-yaml', /null character/],
    [`${HEAD}items: 5\n`, 'invalid-input', /items must be a list \(line 3, column 8\)/],
    [`${HEAD}items: {a: 1}\n`, 'invalid-input', /items must be a list/],
    [`${HEAD}items:\n  a: 1\n`, 'invalid-input', /items must be a list/],
    [`${HEAD}items: []\nitems: []\n`, 'invalid-yaml', /"items" is written twice/],
    [`${HEAD}---\n${A}`, 'mixed-input', /only document/],
    [`${A}---\n${HEAD}`, 'mixed-input', /only document/],
    ['kind: ResourceList\nitems: []\n', 'invalid-input', /got none/],
    ['apiVersion: config.kubernetes.io/v2\nkind: ResourceList\n', 'invalid-input', /got "config.kubernetes.io\/v2"/],
    [`${HEAD}items:\n- &x {apiVersion: v1, kind: A}\nfunctionConfig: *x\n`, 'invalid-yaml', /inside items/],
  ];
  for (const [text, code, message] of table) {
    it(`${code}: ${JSON.stringify(text).slice(0, 60)}`, () => {
      const { input, problems } = open(text);
      assert.equal(input, undefined);
      assert.deepEqual(
        problems.map(({ code: found, severity }) => [found, severity]),
        [[code, 'error']],
      );
      assert.match(problems[0]?.message ?? '', message);
    });
  }

  it('reports each item that is no object, keeps the others and their numbers', () => {
    const items = [
      '- null',
      '- 5',
      '- [a]',
      '- kind: A',
      '- apiVersion: v1',
      '-',
      '- {apiVersion: 1, kind: A}',
      '- "x',
      '- kind: K\n  apiVersion: v1',
    ];
    const { input, problems } = open(`${HEAD}items:\n${items.join('\n')}\n`);
    assert.deepEqual(
      problems.map(({ item }) => item),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(
      input?.items.map(({ index, kind }) => [index, kind]),
      [[8, 'K']],
    );
    assert.match(problems[3]?.message ?? '', /^must have apiVersion \(line 7, column 3\)$/);
    assert.match(problems[0]?.message ?? '', /got null/);
  });
});
