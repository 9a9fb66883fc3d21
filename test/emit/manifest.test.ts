import assert from 'node:assert/strict';
import fc from 'fast-check';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { printEntry, printManifest } from '../../src/emit/manifest.ts';
import { parseAll } from '../input/yaml.ts';

describe('printing an object', () => {
  it('writes block style with lists at their key, and no folding', () => {
    const long = 'x '.repeat(100).trim();
    const value = { a: [{ b: 1, c: ['d'] }], e: {}, f: [], g: long };
    assert.equal(printManifest(value), `a:\n- b: 1\n  c:\n  - d\ne: {}\nf: []\ng: ${long}\n`);
  });

  it('quotes what YAML 1.1 takes for something else than a string', () => {
    for (const word of [
      'y',
      'n',
      'on',
      'no',
      'YES',
      '0o7',
      '1_0',
      '010',
      '1e3',
      '.5',
      '~',
      '=',
      '<<',
      '12:30',
      '2001-01-01',
    ]) {
      assert.match(printManifest({ a: word }), /^a: '.*'\n$/, word);
    }
  });

  it('repeats what is used twice', () => {
    const shared = { x: 1 };
    assert.equal(printManifest({ a: shared, b: shared }), 'a:\n  x: 1\nb:\n  x: 1\n');
  });

  it('means the same to readers of YAML 1.1 and 1.2, as an entry at any column too', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a\nb', 'a\n\n', ' \n x', '- a', 'a: b', '#', '\t'),
    );
    const value = fc.dictionary(
      fc.stringMatching(/^[a-z]+$/),
      fc.oneof(text, fc.array(text), fc.record({ k: text }, { noNullPrototype: true })),
    );
    fc.assert(
      fc.property(value, fc.nat(6), (object, column) => {
        assert.deepEqual(parseAll(printManifest(object)), [{ ...object }]);
        assert.deepEqual(load(printManifest(object), { schema: YAML11_SCHEMA }), { ...object });
        assert.deepEqual(parseAll(printEntry(object, column)), [[{ ...object }]]);
      }),
    );
  });
});
