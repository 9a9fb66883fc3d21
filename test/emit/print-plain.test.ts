import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dumpYaml } from '../../src/emit/dump-yaml.ts';
import { indentEntry, printEntry } from '../../src/emit/manifest.ts';
import { printPlain } from '../../src/emit/print-plain.ts';
import { keepText } from '../../src/model/kept-text.ts';

const RUNS = Number(process.env['POSTERN_RUNS'] ?? 200);

const WORDS: readonly string[] = [
  ...[
    'web',
    'app.kubernetes.io/name',
    'Ingress',
    'a b',
    'Deployment/shop/web postern.dev/allow-to: cart',
    '10.0.0.0/8',
  ],
  ...[
    'one\ntwo',
    'one: x\ntwo # y',
    '/var',
    'y',
    'No',
    'on',
    'off',
    'NULL',
    'true',
    'False',
    '',
    ' ',
    'a ',
    ' a',
    'a:',
    'a: ',
    'a #b',
  ],
  ...[
    "it's",
    "it's: x",
    'a"b',
    '"',
    '~',
    '=',
    '<<',
    '-',
    '- a',
    '1',
    '1.5',
    '0x1',
    '1_0',
    '1:30',
    '0o7',
    '.5',
    '.inf',
    '#',
  ],
  ...[
    'a\n',
    'a\n\nb',
    '\na',
    'a\n b',
    'a \nb',
    'a\tb',
    'é',
    '😀',
    '\u0000',
    '\u2028',
    'a\r\nb',
    '{a}',
    '[a]',
    '&a',
    '*a',
    '!a',
  ],
  ...[
    'a,b',
    'a]',
    'e1',
    'inf',
    'x'.repeat(200),
    '1.2.3.4',
    '1.2.3.4/5/6',
    '1/2',
    '---',
    '...',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
  ],
  ...['::/0', 'fc00::/7', '2001:db8::/32', '1:2/3', ':/1', '.1/2', '8080', '007', '1.50', '1.', '10.0.0.1', '1.2.3'],
];

const text = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...WORDS.slice(0, 9)) },
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
);
const atom = fc.oneof(
  { weight: 8, arbitrary: text },
  { weight: 2, arbitrary: fc.nat(70000) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(true, false, null, -1, 1.5, -0, 1e21, {}, []) },
);
const key = fc.oneof({ weight: 30, arbitrary: fc.constantFrom('a', 'spec', 'b.c/d') }, { weight: 1, arbitrary: text });

const { manifest } = fc.letrec<{ manifest: Record<string, unknown>; value: unknown; list: unknown[] }>((tie) => ({
  manifest: fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  list: fc.array(fc.oneof({ weight: 9, arbitrary: atom }, { weight: 9, arbitrary: tie('manifest') }, tie('list')), {
    maxLength: 3,
  }),
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, { weight: 3, arbitrary: atom }, tie('list'), tie('manifest')),
}));

describe('printing without the YAML printer', () => {
  it('gives the text that the printer gives', () => {
    let printed = 0;
    fc.assert(
      fc.property(manifest, (value) => {
        const plain = printPlain(value, '', '');
        if (plain !== undefined) assert.equal(plain, dumpYaml(value));
        if (plain !== undefined) printed += 1;
      }),
      { numRuns: RUNS * 20 },
    );
    assert.ok(printed > RUNS * 4, `only ${printed} of ${RUNS * 20} were printed`);
  });

  it('gives the same for an entry of a list, at any column', () => {
    fc.assert(
      fc.property(manifest, fc.nat(6), (value, column) => {
        assert.equal(printEntry(value, column), indentEntry(dumpYaml(value), column));
      }),
      { numRuns: RUNS * 10 },
    );
  });

  it('gives the same for entries that stand in many manifests, wherever they do', () => {
    fc.assert(
      fc.property(fc.array(manifest, { minLength: 1, maxLength: 3 }), (entries) => {
        const kept = entries.map(keepText);
        for (const value of [{ a: kept }, { a: { b: kept } }, { c: 1, a: [...kept].reverse() }, { a: { b: kept } }]) {
          const plain = printPlain(value, '', '');
          if (plain !== undefined) assert.equal(plain, dumpYaml(value));
        }
      }),
      { numRuns: RUNS * 10 },
    );
  });

  it('gives the same for every odd text, as a value, as an entry and as a key', () => {
    const printed = WORDS.flatMap((word) => [
      { a: word },
      { a: [word] },
      { a: { [word]: 1 } },
      { a: [{ b: word }] },
    ]).filter((value) => {
      const plain = printPlain(value, '', '');
      if (plain !== undefined) assert.equal(plain, dumpYaml(value));
      return plain !== undefined;
    });
    assert.ok(printed.length > 50, `${printed.length}`);
  });
});
