import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseList } from '../../src/parse/grammar/parse-list.ts';
import { printList } from '../../src/parse/grammar/print-list.ts';
import { arbitraryItem } from './arbitrary-item.ts';

const PIECES = [
  'web',
  'shop/',
  './',
  '*',
  '/',
  ':',
  '80',
  '-',
  '+',
  '/udp',
  ',',
  ' ',
  '\n',
  '\r\n',
  '#',
  '=',
  '&',
  'a.b/',
  '!',
];
const MORE = [
  '10.0.0.0/8',
  '2001:db8::/32',
  'https://',
  'none',
  'cluster',
  '${',
  '}',
  '{{',
  '$(',
  '<',
  'é',
  '\u200b',
  '{',
];

/** Texts that are nearly lists. */
const nearList: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES, ...MORE), { maxLength: 12 })
  .map((pieces) => pieces.join(''));
const text: fc.Arbitrary<string> = fc.oneof(nearList, fc.string({ unit: 'binary', maxLength: 40 }));

describe('printList', () => {
  it('prints what parses to the same items', () => {
    fc.assert(
      fc.property(fc.array(arbitraryItem, { minLength: 1, maxLength: 4 }), (items) => {
        assert.deepEqual(parseList(printList(items)), { items });
      }),
      { numRuns: 1000 },
    );
  });

  it('is stable: what it printed, it prints again', () => {
    fc.assert(
      fc.property(text, (text) => {
        const read = parseList(text);
        if (!('items' in read)) return;
        const printed = printList(read.items);
        const again = parseList(printed);
        assert.ok('items' in again, `${JSON.stringify(text)} printed as ${JSON.stringify(printed)}`);
        assert.deepEqual(
          again.items.map(({ peer, ports }) => ({ peer, ports })),
          read.items.map(({ peer, ports }) => ({ peer, ports })),
        );
        assert.equal(printList(again.items), printed);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('parseList on any text', () => {
  it('never throws, answers items or errors, and its places are inside the text', () => {
    fc.assert(
      fc.property(text, (text) => {
        const read = parseList(text);
        if ('items' in read) return assert.ok(read.items.length > 0);
        assert.ok(read.errors.length > 0);
        for (const { offset, line, column, snippet, message } of read.errors) {
          assert.ok(offset >= 0 && offset <= text.length, `offset ${offset}`);
          const lines = text.split(/\r\n|\n|\r/);
          assert.ok(column >= 1 && column - 1 <= (lines[line - 1]?.length ?? -1), `${line}:${column}`);
          const caret = snippet.split('\n')[1] ?? '';
          assert.match(caret, /^ +\| *\^$/);
          assert.doesNotMatch(message, /[\n\r]|undefined/);
        }
        return undefined;
      }),
      { numRuns: 3000 },
    );
  });

  it('gives each item the text that it was written as', () => {
    fc.assert(
      fc.property(nearList, (text) => {
        const read = parseList(text);
        if (!('items' in read)) return;
        const words = read.items.map((item) => item.text);
        assert.ok(words.every((word) => /^[^\s,]+$/.test(word) && text.includes(word)));
      }),
      { numRuns: 1000 },
    );
  });
});
