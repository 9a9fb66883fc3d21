import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasText, type Lines, nextNotDeeper, splitLines } from '../../src/parse/input/lines.ts';

const WRITTEN = ['', '', 'a: b', '- c', '# d', '\t', '---'];

const text = fc
  .tuple(
    fc.array(fc.record({ column: fc.nat(4), written: fc.constantFrom(...WRITTEN) }), { maxLength: 30 }),
    fc.constantFrom('\n', '\r\n', '\r'),
    fc.boolean(),
  )
  .map(([lines, newline, ends]) => {
    const joined = lines.map(({ column, written }) => `${' '.repeat(column)}${written}`).join(newline);
    return ends ? `${joined}${newline}` : joined;
  });

describe('the lines of a text', () => {
  it('know the next one that is no deeper than a column, past all that is blank or deeper', () => {
    const stretch = fc.tuple(fc.nat(31), fc.nat(31), fc.nat(5));
    fc.assert(
      fc.property(text, stretch, (written, [first, second, column]) => {
        const lines = splitLines(written);
        const [from = 0, to = 0] = [first, second].map((line) => Math.min(line, lines.length)).sort((a, b) => a - b);
        const numbers = Array.from({ length: to - from }, (_, at) => from + at);
        const next = numbers.find(
          (number) => !isBlank(written, lines, number) && columnOf(written, lines, number) <= column,
        );
        assert.equal(nextNotDeeper(lines, from, to, column), next ?? to);
        assert.equal(
          hasText(lines, from, to),
          numbers.some((number) => !isBlank(written, lines, number)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});

function lineOf(written: string, { starts, ends }: Lines, number: number): string {
  return written.slice(starts[number], ends[number]);
}

function isBlank(written: string, lines: Lines, number: number): boolean {
  return lineOf(written, lines, number).trim() === '';
}

function columnOf(written: string, lines: Lines, number: number): number {
  return lineOf(written, lines, number).search(/[^ ]/);
}
