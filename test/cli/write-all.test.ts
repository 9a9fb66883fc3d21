import assert from 'node:assert/strict';
import { type Write, writeAll } from '../../src/adapters/write-all.ts';

/** A pipe that takes a few bytes at a time, and is full every other time. */
function narrowPipe(taken: number[]): Write {
  let calls = 0;
  return (_, bytes, offset, length) => {
    calls += 1;
    if (calls % 2 === 0) throw Object.assign(new Error('full'), { code: 'EAGAIN' });
    const size = Math.min(3, length);
    taken.push(...bytes.subarray(offset, offset + size));
    return size;
  };
}

describe('writing all', () => {
  it('goes on until a pipe has taken every byte', () => {
    const taken: number[] = [];
    writeAll(1, ['héllo, ', '', 'wörld'], narrowPipe(taken));
    assert.equal(Buffer.from(taken).toString(), 'héllo, wörld');
  });

  it('keeps characters whole where a long text is cut', () => {
    const written: Uint8Array[] = [];
    const pipe: Write = (_, bytes, offset, length) => {
      written.push(bytes.slice(offset, offset + length));
      return length;
    };
    // Of two code units each; wherever the cut is, one of the two texts has such a character there.
    for (const text of ['\u{1f6aa}'.repeat(100_000), `x${'\u{1f6aa}'.repeat(100_000)}`]) {
      written.length = 0;
      writeAll(1, [text], pipe);
      assert.ok(written.length > 1);
      assert.ok(Buffer.concat(written).equals(Buffer.from(text)));
    }
  });

  it('throws what else goes wrong', () => {
    const broken: Write = () => {
      throw Object.assign(new Error('gone'), { code: 'EPIPE' });
    };
    assert.throws(() => writeAll(1, ['x'], broken), { code: 'EPIPE' });
    writeAll(1, ['', ''], broken);
  });
});
