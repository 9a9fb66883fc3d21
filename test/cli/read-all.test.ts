import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Read, readAll } from '../../src/adapters/read-all.ts';
import { decode } from '../../src/parse/input/decode.ts';

const PIECE = 1 << 20;

/** A pipe that has some bytes at a time, and none yet every other time. */
function slowPipe(bytes: Uint8Array, most: number): Read {
  let calls = 0;
  let at = 0;
  return (_, into, offset, length) => {
    calls += 1;
    if (calls % 2 === 0) throw Object.assign(new Error('empty'), { code: 'EAGAIN' });
    const some = bytes.subarray(at, at + Math.min(most, length));
    into.set(some, offset);
    at += some.length;
    return some.length;
  };
}

describe('reading all', () => {
  it('goes on until a pipe has given every byte', () => {
    const read = slowPipe(Buffer.from('héllo, wörld'), 3);
    assert.deepEqual(decode(readAll(0, read)), { text: 'héllo, wörld' });
    assert.deepEqual(decode(readAll(0, slowPipe(Buffer.alloc(0), 3))), { text: '' });
  });

  it('keeps characters whole wherever a piece ends, and finds what is none', () => {
    const characters = fc.array(fc.constantFrom('a', '\n', 'ö', '€', '\u{1f6aa}'), { maxLength: 8 });
    const bad = fc.option(fc.constantFrom([0x80], [0xc3], [0xff], [0xf0, 0x9f], [0x80, 0x80, 0x80, 0x80, 0x80]));
    fc.assert(
      fc.property(characters, bad, fc.nat(8), (around, wrong, before) => {
        const near = Buffer.concat([
          Buffer.from(around.join('')),
          Buffer.from(wrong ?? []),
          Buffer.from(around.join('')),
        ]);
        const bytes = Buffer.concat([Buffer.alloc(PIECE - before, 'x\n'), near]);
        const whole = decode([bytes]);
        assert.deepEqual(decode(readAll(0, slowPipe(bytes, PIECE / 2))), whole);
        if (wrong === null) assert.deepEqual(whole, { text: bytes.toString() });
      }),
      { numRuns: 50 },
    );
  });

  it('takes the rest of what is no UTF-8 too', () => {
    for (const beginning of [Buffer.from([0xff, 0xfe]), Buffer.from([0x80])]) {
      const pipe = slowPipe(Buffer.concat([beginning, Buffer.alloc(3 * PIECE, 'x')]), PIECE);
      let given: number | undefined;
      const read: Read = (...asked) => {
        given = pipe(...asked);
        return given;
      };
      assert.ok('problem' in decode(readAll(0, read)));
      assert.equal(given, 0, 'the end was not read');
    }
  });

  it('ends where Windows says that a pipe has ended, and throws what else goes wrong', () => {
    const ending = (code: string): Read => {
      const given = slowPipe(Buffer.from('x'), 1);
      return (...asked) => {
        const count = given(...asked);
        if (count === 0) throw Object.assign(new Error(code), { code });
        return count;
      };
    };
    assert.deepEqual(decode(readAll(0, ending('EOF'))), { text: 'x' });
    assert.throws(() => decode(readAll(0, ending('EIO'))), { code: 'EIO' });
  });
});
