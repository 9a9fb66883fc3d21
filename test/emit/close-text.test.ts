import assert from 'node:assert/strict';
import { closeText } from '../../src/emit/close-text.ts';
import { applyEdits } from '../../src/emit/edit.ts';

const close = (text: string): string => applyEdits(text, closeText(text, '\n'));

describe('ending a last line', () => {
  const table: readonly [before: string, after: string][] = [
    ['', ''],
    ['a: 1\n', 'a: 1\n'],
    ['a: 1', 'a: 1\n'],
    ['a:\n  b: 1', 'a:\n  b: 1\n'],
    // go-yaml and libyaml read these values without a line break at their end.
    ['a: |\n  x', 'a: |-\n  x\n'],
    ['a: |+ # c\n  x', 'a: |- # c\n  x\n'],
    ['a: >2\n  x', 'a: >2-\n  x\n'],
    ['- |-\n  x', '- |-\n  x\n'],
    ['a: |+\n  x\n\n ', 'a: |+\n  x\n\n'],
    ['a: {b: [\n  1', 'a: {b: [\n  1\n'],
  ];
  for (const [before, after] of table) {
    it(JSON.stringify(before), () => assert.equal(close(before), after));
  }
});

describe('applying edits', () => {
  it('refuses edits that overlap', () => {
    const edits = [
      { start: 0, end: 2, text: '' },
      { start: 1, end: 3, text: '' },
    ];
    assert.throws(() => applyEdits('abc', edits), /overlap/);
  });
});
