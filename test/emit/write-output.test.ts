import assert from 'node:assert/strict';
import { writeOutput } from '../../src/emit/write-output.ts';
import type { Changes } from '../../src/model/input.ts';
import type { Problem } from '../../src/model/problem.ts';
import { openFiles } from '../../src/parse/input/open-input.ts';
import { openWell } from '../input/opened.ts';
import { parseAll } from '../input/yaml.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';
const NEW = { apiVersion: 'v1', kind: 'New', metadata: { name: 'new' } };
const ADDED = { manifest: NEW };
const PROBLEM: Problem = { code: 'a-code', severity: 'warning', message: 'must not' };

function write(text: string, changes: Partial<Changes>, problems: readonly Problem[] = []): string {
  return writeOutput(openWell(text), { replace: new Map(), remove: new Set(), append: [], ...changes }, problems);
}

/** An item in block style named `name`, at `indent`. */
function object(name: string, indent = ''): string {
  return `${indent}- apiVersion: v1 # ${name}\n${indent}  kind: Old\n${indent}  name: ${name}\n`;
}

const printed = (indent = ''): string =>
  ['- apiVersion: v1', '  kind: New', '  metadata:', '    name: new', '']
    .map((line) => line && indent + line)
    .join('\n');

describe('writing a ResourceList', () => {
  it('cuts out removed items, replaces others in place and appends at the end of the items', () => {
    const config = 'functionConfig: {a: 1} # kept\n';
    const text = `${HEAD}items:\n${object('a')}# before b\n${object('b')}${object('c')}# behind\n${config}`;
    const changes = { remove: new Set([0]), replace: new Map([[1, NEW]]), append: [ADDED] };
    const want = `${HEAD}items:\n# before b\n${printed()}${object('c')}${printed()}# behind\n${config}`;
    assert.equal(write(text, changes), want);
  });

  it('follows the indentation of the list', () => {
    const text = `${HEAD}items:\n${object('a', '    ')}`;
    assert.equal(write(text, { append: [ADDED] }), `${text}${printed('    ')}`);
  });

  it('keeps a list that is indented as a whole', () => {
    const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
    const text = indent(`${HEAD}items:\n${object('a')}`);
    const results = '  results:\n  - message: must not [a-code]\n    severity: warning\n';
    assert.equal(write(text, { append: [ADDED] }, [PROBLEM]), `${text}${indent(printed())}${results}`);
  });

  it('writes line breaks as the input does', () => {
    const text = `${HEAD}items:\n${object('a')}`.replaceAll('\n', '\r\n');
    assert.equal(write(text, { append: [ADDED] }), `${text}${printed().replaceAll('\n', '\r\n')}`);
  });

  it('ends the last line where it does not end', () => {
    const text = `${HEAD}items:\n${object('a')}`.trimEnd();
    assert.equal(write(text, { append: [ADDED] }), `${text}\n${printed()}`);
    assert.equal(write(text, {}), text);
  });

  it('fills a list that is empty or missing', () => {
    for (const items of ['items: [] # none', 'items:  # none', 'items: null # none', 'items:']) {
      const comment = items.includes('#') ? ' # none' : '';
      const want = new RegExp(`^${HEAD}items: *${comment}\n${printed()}functionConfig: 1\n$`);
      assert.match(write(`${HEAD}${items}\nfunctionConfig: 1\n`, { append: [ADDED] }), want);
    }
    assert.equal(write(HEAD, { append: [ADDED] }), `${HEAD}items:\n${printed()}`);
    assert.equal(write(`${HEAD}items: &x\n`, { append: [ADDED] }), `${HEAD}items:\n${printed()}`);
  });

  it('writes an empty list when the last item leaves', () => {
    const all = { remove: new Set([0]) };
    assert.equal(write(`${HEAD}items: # all\n${object('a')}a: 1\n`, all), `${HEAD}items: [] # all\na: 1\n`);
    assert.deepEqual(parseAll(write(`${HEAD}items: !!seq\n${object('a')}a: 1\n`, all)), [
      { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: [], a: 1 },
    ]);
  });

  it('replaces the results of the input, and takes them out when there are none', () => {
    const [before, old, after] = [`${HEAD}items: []\n`, 'results:\n- message: old\n\n', '# kept\nmetadata: {}\n'];
    assert.equal(write(before + old + after, {}), before + after);
    const results = 'results:\n- message: must not [a-code]\n  severity: warning\n';
    assert.equal(write(before + old + after, {}, [PROBLEM]), `${before}${after}${results}`);
    assert.equal(write(`${before}...\n`, {}, [PROBLEM]), `${before}${results}...\n`);
  });

  it('writes an item that uses an anchor of a removed one by itself, spelled as before', () => {
    const owner = '- apiVersion: v1\n  kind: A\n  x: &x {big: 12345678901234567890, yes: 0o17, s: "on"}\n';
    const user = '- apiVersion: v1\n  kind: B\n  x: *x\n  y: &y 1\n  z: *y\n';
    const text = `${HEAD}items:\n${owner}${user}${object('c')}`;
    const alone =
      '- apiVersion: v1\n  kind: B\n  x: {big: 12345678901234567890, yes: 0o17, s: "on"}\n  y: &y 1\n  z: *y\n';
    assert.equal(write(text, { remove: new Set([0]) }), `${HEAD}items:\n${alone}${object('c')}`);
    assert.equal(write(text, { remove: new Set([2]) }), `${HEAD}items:\n${owner}${user}`);
  });
});

describe('writing an item alone', () => {
  it('writes tags in full', () => {
    const owner = '- apiVersion: v1\n  kind: A\n  x: &x !k!str 1\n';
    const text = `%TAG !k! tag:yaml.org,2002:\n---\n${HEAD}items:\n${owner}- apiVersion: v1\n  kind: B\n  x: *x\n`;
    const [whole] = parseAll(write(text, { remove: new Set([0]) })) ?? [];
    assert.deepEqual((whole as { items: unknown }).items, [{ apiVersion: 'v1', kind: 'B', x: '1' }]);
  });
});

describe('writing JSON', () => {
  const list = (items: readonly unknown[], more: object = {}): object => ({
    apiVersion: 'config.kubernetes.io/v1',
    kind: 'ResourceList',
    items,
    ...more,
  });
  const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ apiVersion: 'v1', kind: 'Old', name }));
  const results = [{ message: 'must not [a-code]', severity: 'warning' }];

  for (const space of [undefined, 2, '\t'] as const) {
    const json = (value: object): string => `${JSON.stringify(value, null, space)}\n`;
    it(`edits it in place, with ${JSON.stringify(space) ?? 'no'} indentation`, () => {
      for (let bits = 0; bits < 8; bits += 1) {
        const remove = new Set([0, 1, 2].filter((index) => bits & (1 << index)));
        const text = json(list([a, b, c], { results: [1], functionConfig: { n: 1 } }));
        const written = write(text, { remove, append: [ADDED] }, [PROBLEM]);
        const kept = [a, b, c].filter((_, index) => !remove.has(index));
        assert.deepEqual(JSON.parse(written), list([...kept, NEW], { results, functionConfig: { n: 1 } }));
        assert.deepEqual(JSON.parse(write(text, { remove })), list(kept, { functionConfig: { n: 1 } }));
      }
    });

    it(`adds what is missing, with ${JSON.stringify(space) ?? 'no'} indentation`, () => {
      assert.deepEqual(JSON.parse(write(json(list([])), { append: [ADDED] }, [PROBLEM])), list([NEW], { results }));
      const bare = { kind: 'ResourceList', apiVersion: 'config.kubernetes.io/v1' };
      assert.deepEqual(JSON.parse(write(json(bare), { append: [ADDED] })), { ...bare, items: [NEW] });
      assert.deepEqual(JSON.parse(write(json({ ...bare, items: null }), { append: [ADDED] })), {
        ...bare,
        items: [NEW],
      });
    });
  }

  it('keeps what is kept as it was spelled', () => {
    const text =
      '{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[{"apiVersion":"v1",\t"kind":"A","n":1.0,"u":"\\u0041"}]}';
    assert.ok(write(text, { append: [ADDED] }).includes('{"apiVersion":"v1",\t"kind":"A","n":1.0,"u":"\\u0041"}, {'));
  });

  it('adds to a List, and makes one around a single object', () => {
    const kubernetesList = { apiVersion: 'v1', kind: 'List', items: [a, b] };
    assert.deepEqual(JSON.parse(write(JSON.stringify(kubernetesList), { append: [ADDED], remove: new Set([0]) })), {
      ...kubernetesList,
      items: [b, NEW],
    });
    const written = write(JSON.stringify(a), { append: [ADDED] });
    assert.deepEqual(JSON.parse(written), { apiVersion: 'v1', kind: 'List', items: [a, NEW] });
    assert.deepEqual(JSON.parse(write(JSON.stringify(a), { remove: new Set([0]) })).items, []);
  });

  it('edits flow style that is not JSON', () => {
    const text =
      '{apiVersion: config.kubernetes.io/v1, kind: ResourceList, # c }\n items: [{apiVersion: v1, kind: A}, # x ]\n {apiVersion: v1, kind: B},\n ]}\n';
    assert.deepEqual(parseAll(write(text, { append: [ADDED], remove: new Set([1]) }, [PROBLEM])), [
      list([{ apiVersion: 'v1', kind: 'A' }, NEW], { results }),
    ]);
  });
});

describe('writing a stream', () => {
  const A = 'apiVersion: v1\nkind: A # a\n';
  const B = 'apiVersion: v1\nkind: B # b\n';
  const N = 'apiVersion: v1\nkind: New\nmetadata:\n  name: new\n';

  it('puts new objects behind it', () => {
    assert.equal(write(A, { append: [ADDED, ADDED] }), `${A}---\n${N}---\n${N}`);
    assert.equal(write(`---\n${A}---\n`, { append: [ADDED] }), `---\n${A}---\n${N}`);
    assert.equal(write(`${A}...\n`, { append: [ADDED] }), `${A}...\n---\n${N}`);
    assert.equal(write(A.trimEnd(), { append: [ADDED] }), `${A}---\n${N}`);
    assert.equal(write(A.replaceAll('\n', '\r\n'), { append: [ADDED] }), `${A}---\n${N}`.replaceAll('\n', '\r\n'));
  });

  it('cuts and replaces documents with their markers', () => {
    const text = `# head\n${A}---\n# of b\n${B}---\n${A}`;
    assert.equal(write(text, { remove: new Set([1]) }), `# head\n${A}---\n${A}`);
    assert.equal(write(text, { remove: new Set([0]) }), `# head\n---\n# of b\n${B}---\n${A}`);
    assert.equal(write(text, { replace: new Map([[1, NEW]]) }), `# head\n${A}---\n${N}---\n${A}`);
    assert.equal(write(text, { replace: new Map([[0, NEW]]) }), `# head\n${N}---\n# of b\n${B}---\n${A}`);
  });

  it('is never empty', () => {
    assert.equal(write(A, { remove: new Set([0]) }), '# No objects are left.\n');
    assert.equal(write(`${A}---\n${B}`, { remove: new Set([0, 1]) }), '# No objects are left.\n');
  });

  it('edits members of a List inside it', () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n${object('a')}${object('b')}---\n${A}`;
    const written = write(text, { remove: new Set([0]), replace: new Map([[1, NEW]]) });
    assert.equal(written, `apiVersion: v1\nkind: List\nitems:\n${printed()}---\n${A}`);
  });

  it('joins files', () => {
    const files = ['', A.trimEnd(), `---\n${B}`, `%YAML 1.2\n---\n${A}`, '{"apiVersion":"v1","kind":"J"}'];
    const input = openFiles(
      files.map((text, number) => ({ path: `${number}.yaml`, text })),
      (problem) => assert.fail(problem.message),
    );
    assert.ok(input !== undefined);
    const written = writeOutput(input, { replace: new Map(), remove: new Set(), append: [ADDED] }, []);
    const kinds = parseAll(written)?.map((value) => (value as { kind: string }).kind);
    assert.deepEqual(kinds, ['A', 'B', 'A', 'J', 'New'], written);
  });
});
