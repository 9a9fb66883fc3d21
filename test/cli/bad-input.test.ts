import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CASES, describeCases } from '../cases/case-folder.ts';
import { resourceList } from '../input/hostile-list.ts';
import { assertSound, postern } from './postern.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n';
const service = (lines: string): string => `${HEAD}- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n${lines}`;
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const utf16 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf16le'));

const laughs = ['  a0: &a0 [x, x, x, x, x, x, x, x, x]'].concat(
  [...Array(9).keys()].map((n) => `  a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}]`),
);

describe('bad input', () => {
  const table: readonly [name: string, stdin: string | Uint8Array, said: RegExp][] = [
    ['nothing', '', /stdin must hold .*, got nothing \[empty-input\]/],
    ['blank lines', '\n \n', /\[empty-input\]/],
    ['comments only', '# a\n---\n# b\n', /only comments .*\[empty-input\]/],
    [
      'text',
      'hello\n',
      /must be an object with apiVersion and kind, got a string \(line 1, column 1\) \[invalid-item\]/,
    ],
    ['a list', '- a\n', /got a list/],
    ['broken YAML', 'a: [\n', /\[invalid-yaml\]/],
    ['broken JSON', '{"apiVersion": "v1", "kind": "A",', /\[invalid-yaml\]/],
    ['bytes that are not UTF-8', bytes(0x61, 0x3a, 0x0a, 0xff, 0xc0), /must be UTF-8, .*line 2.*\[invalid-encoding\]/],
    ['a lone surrogate', bytes(0xed, 0xa0, 0x80), /\[invalid-encoding\]/],
    ['UTF-16 with a mark', bytes(0xff, 0xfe, ...utf16('a: 1\n')), /got UTF-16 \[invalid-encoding\]/],
    ['UTF-16 without a mark', utf16('a: 1\n'), /got UTF-16 \[invalid-encoding\]/],
    ['a zero byte', 'a: \u0000\n', /null character .*\[invalid-yaml\]/],
    ['no ResourceList, no object', 'a: 1\n', /must have apiVersion and kind/],
    [
      'a ResourceList of another version',
      'apiVersion: config.kubernetes.io/v9\nkind: ResourceList\n',
      /got "config.kubernetes.io\/v9"/,
    ],
    ['a ResourceList among documents', `${HEAD}---\n${HEAD}`, /\[mixed-input\]/],
    [
      'items that are no list',
      'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: {a: 1}\n',
      /items must be a list/,
    ],
    ['a null item', `${HEAD}-\n`, /got null .*\[invalid-item\] \(item 1\)/],
    ['a scalar item', `${HEAD}- 5\n`, /\[invalid-item\] \(item 1\)/],
    ['an item without a kind', `${HEAD}- apiVersion: v1\n`, /must have kind .*\(item 1\)/],
    ['a Service with a key twice', service('  spec: {}\n  spec: {}\n'), /written twice .*\[invalid-yaml\] \(item 1\)/],
    ['a Service with an unknown tag', service('  spec: !x {}\n'), /unknown mapping tag/],
    ['a Service of a template', service('  spec: {{ x }}\n'), /must not be a key/],
    ['aliases without end', service(`${laughs.join('\n')}\n`), /\[alias-expansion\]/],
    ['an alias of itself', service('  spec: &a {b: *a}\n'), /\[alias-expansion\]/],
    ['deep nesting', service(`  spec: ${'['.repeat(100_000)}\n`), /nesting is too deep/],
    ['deep JSON', `{"a":`.repeat(50_000), /nesting is too deep/],
    ['control characters in a value', service('  spec: {ports: "\\e[31m"}\n'), /\[invalid-/],
  ];
  for (const [name, stdin, said] of table) {
    it(name, () => {
      const outcome = postern([], stdin);
      assertSound(outcome);
      assert.equal(outcome.status, 1);
      assert.match(outcome.stderr, said);
      assert.ok(!outcome.stderr.includes('\u001b'));
    });
  }

  it('is told in the results too, beside the items as they came', () => {
    const text = service('  spec: {}\n  spec: {}\n').replaceAll('\n', '\r\n');
    const { status, stdout } = postern([], text);
    assert.equal(status, 1);
    assert.ok(stdout.startsWith(text));
    assert.match(stdout.slice(text.length), /^results:\r\n- message: /);
  });

  it('does not matter in objects that Postern does not read', () => {
    const broken = ['a: 1\n  a: 2', 'a: !vault x', 'a: {{ x }}', 'a: *nobody', 'a: "x', laughs.join('\n').slice(2)];
    const text =
      HEAD + broken.map((line) => `- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  ${line}\n`).join('');
    const outcome = postern([], text);
    assert.deepEqual(outcome, { status: 0, stdout: text, stderr: '' });
  });

  it('of random lists ends in an error or in the items as they came', () => {
    const lists = fc.sample(resourceList(4), { numRuns: 25, seed: 3 });
    for (const text of lists) assertSound(postern([], text));
  });

  describeCases('from the wild', () => {
    const folder = join(CASES, 'ugly-k8s', 'files');
    for (const name of readdirSync(folder)) {
      it(name, () => assertSound(postern([], readFileSync(join(folder, name)))));
    }
  });
});
