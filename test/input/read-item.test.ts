import assert from 'node:assert/strict';
import type { InputItem } from '../../src/model/input.ts';
import { open, openWell, valueOfItem } from './opened.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- apiVersion: v1\n  kind: Other\n';

/** An item with these lines behind its type, in a ResourceList with another item before it. */
function item(lines: string): InputItem {
  const found = openWell(`${HEAD}- apiVersion: v1\n  kind: ConfigMap\n${lines}`).items[1];
  assert.ok(found !== undefined);
  return found;
}

describe('reading an item', () => {
  it('gives the same value each time', () => {
    const one = item('  a: {b: 1}\n');
    assert.deepEqual(valueOfItem(one), valueOfItem(one));
  });

  it('follows YAML 1.2, with merge keys', () => {
    const text = '  a: &x {b: yes, c: 0o17, d: 0x1F, e: 1_0, f: ~}\n  g:\n    <<: *x\n    b: 2\n';
    const value = valueOfItem(item(text)) as Record<string, unknown>;
    assert.deepEqual(value['a'], { b: 'yes', c: 15, d: 31, e: '1_0', f: null });
    assert.deepEqual(value['g'], { b: 2, c: 15, d: 31, e: '1_0', f: null });
  });

  it('reads brackets and quotes without regard to indentation, as the clients do', () => {
    const text = '  a: {\n  b: [\n  "c",\n\t"d"\n  ], e: "f\n  g"\n  }\n  h: &h [\n  1\n  ]\n  i: *h\n';
    const { apiVersion, kind, ...value } = valueOfItem(item(text)) as Record<string, unknown>;
    assert.deepEqual([apiVersion, kind], ['v1', 'ConfigMap']);
    assert.deepEqual(value, { a: { b: ['c', 'd'], e: 'f g' }, h: [1], i: [1] });
    const read = item('  a: [\n  1\n  ]\n  b: {\n  c: 1,\n  c: 2\n  }\n').read();
    assert.ok('problem' in read);
    assert.equal(read.problem.snippet, '13 |   c: 2\n       ^');
  });

  it('takes __proto__ for a key like any other', () => {
    const value = valueOfItem(item('  __proto__: {polluted: yes}\n')) as Record<string, unknown>;
    assert.ok(Object.hasOwn(value, '__proto__'));
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  const laughs = [
    '  a0: &a0 [x, x, x, x, x, x, x, x, x]',
    ...[...Array(9).keys()].map((n) => `  a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`),
  ];
  const broken: readonly [name: string, lines: string, code: string, message: RegExp, place: string][] = [
    ['a key twice', '  a: 1\n  b: 2\n  a: 3\n', 'invalid-yaml', /written twice/, '10 |   a: 3\n       ^'],
    ['a tag nobody knows', '  a: !vault x\n', 'invalid-yaml', /unknown scalar tag/, '8 |   a: !vault x\n         ^'],
    [
      'a template that was not rendered',
      '  a: {{ x }}\n',
      'invalid-yaml',
      /must not be a key/,
      '8 |   a: {{ x }}\n          ^',
    ],
    [
      'an alias of nothing',
      '  a: *nobody\n',
      'invalid-yaml',
      /unidentified alias "nobody"/,
      '8 |   a: *nobody\n          ^',
    ],
    [
      'a tab as indentation',
      '  a:\n    b: 1\n   \tc: 1\n',
      'invalid-yaml',
      /tab must not be indentation/,
      '10 |     c: 1\n         ^',
    ],
    [
      'a value that begins with @',
      '  a: @x\n',
      'invalid-yaml',
      /begins with @ must be in quotes/,
      '8 |   a: @x\n         ^',
    ],
    ['aliases without end', `${laughs.join('\n')}\n`, 'alias-expansion', /without end/, ''],
    [
      'an alias of itself',
      '  a: &a [1, *a]\n',
      'alias-expansion',
      /inside that node/,
      '8 |   a: &a [1, *a]\n                 ^',
    ],
    ['deep nesting', `  a: ${'['.repeat(20000)}\n`, 'invalid-yaml', /nesting is too deep/, ''],
    [
      'deep nesting in block style',
      `  a:\n${[...Array(2000).keys()].map((n) => `${' '.repeat(n + 3)}b:\n`).join('')}`,
      'invalid-yaml',
      /nesting is too deep/,
      '',
    ],
  ];
  for (const [name, lines, code, message, place] of broken) {
    it(`is its own problem: ${name}`, () => {
      const read = item(lines).read();
      assert.ok('problem' in read);
      assert.equal(read.problem.code, code);
      assert.match(read.problem.message, message);
      if (place !== '') assert.equal(read.problem.snippet, place);
    });
  }

  it('expands no alias of another item without end', () => {
    const [first, ...more] = laughs;
    const { input } = open(
      `${HEAD}- apiVersion: v1\n  kind: A\n${first}\n${more.map((line) => `- apiVersion: v1\n  kind: B\n${line}`).join('\n')}\n`,
    );
    const read = input?.items.at(-1)?.read();
    assert.ok(read !== undefined && 'problem' in read);
    assert.equal(read.problem.code, 'alias-expansion');
  });

  it('says the line in a long input, and shows a long line around the place only', () => {
    const read = item(`  a: "${'x'.repeat(500)}\\q${'y'.repeat(500)}"\n`).read();
    assert.ok('problem' in read && read.problem.snippet !== undefined);
    assert.ok(read.problem.snippet.split('\n').every((line) => line.length < 160));
    assert.match(read.problem.message, /unknown escape sequence \(line 8, column 508\)/);
  });
});
