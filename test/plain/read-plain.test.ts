import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitDocuments } from '../../src/parse/input/document.ts';
import { behindLine, splitLines, startOfLine } from '../../src/parse/input/lines.ts';
import { readPlain } from '../../src/parse/plain/read-plain.ts';
import { describeCases } from '../cases/case-folder.ts';
import { caseInputs, samples, uglyFiles, yamlFiles } from '../input/corpus.ts';
import { parseAll } from '../input/yaml.ts';
import { agreeOnDocument, agreeOnEntries, agreeOnEntry } from './both-roads.ts';
import { hostileObject, KEYS, VALUES } from './hostile-object.ts';

function plainOf(text: string): Readonly<Record<string, unknown>> {
  const lines = splitLines(text);
  const read = readPlain(text, lines, { from: 0, to: lines.length, start: 0 });
  assert.ok(read !== undefined);
  return read.value;
}

/** Some bodies, of which each object takes one or two, below keys and in lines of comments. */
const repeating = fc
  .array(fc.oneof(hostileObject, fc.constantFrom('a: 1\nb:\n- c: d\n- e', 'a:\n  b: c', 'a: |\n  b\n')), {
    minLength: 1,
    maxLength: 3,
  })
  .chain((bodies) => {
    const below = fc.record({
      body: fc.constantFrom(...bodies),
      lead: fc.constantFrom('a:', 'spec:', 'spec: # c', 'metadata:', 'data:'),
      indent: fc.constantFrom('  ', '    ', ''),
      last: fc.constantFrom('', '\n', '# c', '  # c', '      # c', '\n\n', 'z: 1', '# c\n    x: 1'),
    });
    return fc.array(fc.array(below, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 6 });
  })
  .map((objects) => objects.map((parts) => parts.map(written).join('\n')));

/** Long enough to be looked up. */
const PADDING = `pad: ${'x'.repeat(120)}`;

function written(part: { lead: string; body: string; indent: string; last: string }): string {
  const { lead, body, indent, last } = part;
  const lines = `${PADDING}\n${body}`.split(/\r\n?|\n/).filter((line) => line !== '');
  return [lead, ...lines.map((line) => indent + line), ...(last === '' ? [] : [last])].join('\n');
}

const RUNS = Number(process.env['POSTERN_RUNS'] ?? 200);

describe('reading without the YAML parser', () => {
  it('means what the parser says, for a document', () => {
    fc.assert(
      fc.property(hostileObject, (text) => void agreeOnDocument(text)),
      { numRuns: RUNS * 20 },
    );
  });

  it('means what the parser says, for an entry of a list', () => {
    fc.assert(
      fc.property(hostileObject, fc.constantFrom(0, 2, 4), (text, column) => void agreeOnEntry(text, column)),
      { numRuns: RUNS * 20 },
    );
  });

  it('means what the parser says, for every odd key and every odd value', () => {
    const lines = [
      ...KEYS.map((key) => `${key}: x`),
      ...VALUES.flatMap((value) => [`a: ${value}`, `a: ${value}\nb:`, `a: ${value}\n  # c\nb:`, `a:\n- ${value}`]),
    ];
    const read = lines.filter((line) => agreeOnDocument(`${line}\n`));
    assert.ok(read.length > 200 && read.length < lines.length, `${read.length} of ${lines.length}`);
  });

  it('means what the parser says, for objects that say the same things word for word', () => {
    fc.assert(
      fc.property(repeating, fc.constantFrom(0, 2), (objects, column) => void agreeOnEntries(objects, column)),
      { numRuns: RUNS * 10 },
    );
    // Always the same ones, since how many are read varies.
    const read = fc.sample(repeating, { numRuns: 200, seed: 1 }).map((objects) => agreeOnEntries(objects, 0));
    assert.ok(read.filter((count) => count > 2).length > 40, `${read}`);
  });

  it('knows the keys beside a key on a dash from what another object says below it', () => {
    const block = `  a: 1\n  b: ${'c'.repeat(100)}\n`;
    const text = `x:\n${block}---\nx:\n${block}---\n- x:\n${block}`;
    const lines = splitLines(text);
    const read = [0, 4, 8].map((from) =>
      readPlain(text, lines, {
        from,
        to: from + 3,
        start: from < 8 ? startOfLine(lines, from) : startOfLine(lines, 8) + 1,
      }),
    );
    const below = { a: 1, b: 'c'.repeat(100) };
    assert.deepEqual(
      read.map((plain) => plain?.value),
      [{ x: below }, { x: below }, { x: null, ...below }],
    );
  });

  it('is what happens to a good part of the hostile objects, so that the two properties compare something', () => {
    const texts = fc.sample(hostileObject, 1000);
    const read = texts.filter(agreeOnDocument).length;
    assert.ok(read > 100, `only ${read} of 1000`);
  });

  it('takes from a line that it read before nothing that the lines below it said', () => {
    for (const text of [
      'a:  |\n  b',
      'a:  |\n  c',
      'a: # d\n- e',
      'a: # d\n- f',
      'a:\n  g: h',
      'a:\n- i',
      'a:',
      'a: j\na: j',
    ]) {
      assert.equal(agreeOnDocument(`${text}\n`), !text.startsWith('a: j'), text);
    }
  });

  it('takes ranges of IPv6, which its own policies have', () => {
    assert.deepEqual(plainOf('cidr: ::/0\nexcept:\n- fc00::/7\n'), { cidr: '::/0', except: ['fc00::/7'] });
  });

  it('shares no list and no mapping between objects', () => {
    const [first, second] = [plainOf('a: []\nb: {}\n'), plainOf('a: []\nb: {}\n')];
    assert.notEqual(first['a'], second['a']);
    assert.notEqual(first['b'], second['b']);
  });

  for (const [what, text] of Object.entries({
    'a number with a sign': 'a: -1',
    'a float': 'a: 1.5',
    'a number that JavaScript would round': 'a: 12345678901234567890',
    'a word of YAML 1.1 that is none in 1.2': 'a: !!bool yes',
    'flow style': 'a: {b: c}',
    'an anchor': 'a: &b c',
    'an alias': 'a: *b',
    'a merge key': '<<: {}',
    'a folded scalar': 'a: >\n  b',
    'a literal that keeps its blank lines': 'a: |+\n  b',
    'a literal with an indentation': 'a: |2\n  b',
    'a literal with a blank first line': 'a: |\n\n  b',
    'a literal without a last newline': 'a: |\n  b',
    'text that goes on below': 'a: b\n  c',
    'quoted text that goes on below': 'a: "b\n  c"',
    'a key written twice': 'a: 1\na: 2',
    'a null as a key': 'null: a',
    'a prototype as a key': '__proto__: {}',
    'a tab': 'a:\tb',
    'a CR': 'a: b\r\nc: d',
    'a colon in text': 'a: b: c',
    'another document': 'a: b\n---\nc: d',
    'no mapping': '- a',
  })) {
    it(`is left to the parser for ${what}`, () => assert.equal(agreeOnDocument(text), false));
  }

  it('takes what kustomize and kpt send', () => {
    const object = [
      'apiVersion: apps/v1 # line comment',
      'kind: Deployment',
      '# a comment of its own',
      'metadata:',
      '  annotations:',
      "    config.kubernetes.io/index: '0'",
      '    kustomize.config.k8s.io/id: |',
      '      group: apps',
      '',
      '      # not a comment',
      '      kind: Deployment',
      '  name: "web"',
      '  creationTimestamp: null',
      'spec:',
      '  replicas: 2',
      '  paused: false',
      '  template:',
      '    spec:',
      '      volumes: []',
      '      securityContext: {}',
      '      containers:',
      '      - args:',
      '        - --listen=:8080',
      '        - "say \\"hi\\"\\n"',
      "        - it's: 1",
      "        name: 'it''s'",
      '        ports:',
      '          - containerPort: 8080',
      '      -',
      '        name: second',
      'empty:',
      '',
    ].join('\n');
    assert.equal(agreeOnDocument(object.replace("        - it's: 1\n", '')), true);
    assert.equal(agreeOnEntry(object.replace("        - it's: 1\n", ''), 2), true);
    assert.equal(agreeOnDocument(object), false);
  });
});

describeCases('reading real files without the YAML parser', () => {
  it('means what the parser says, for every document that is valid', () => {
    const files = [...samples(), ...uglyFiles(), ...caseInputs(), ...yamlFiles()];
    const documents = files.flatMap(({ text }) => documentsOf(text));
    const read = documents.filter((text) => agreeOnDocument(text)).length;
    assert.ok(read > 600, `only ${read} of ${documents.length}`);
  });
});

/** What stands between the markers. */
function documentsOf(text: string): string[] {
  const lines = splitLines(text);
  return splitDocuments(text, lines)
    .map(({ contentFrom, contentStart, contentTo }) => {
      const start = text.startsWith('---', startOfLine(lines, contentFrom))
        ? behindLine(lines, contentFrom)
        : contentStart;
      return text.slice(start, startOfLine(lines, contentTo));
    })
    .filter((document) => parseAll(document)?.length === 1);
}
