import { readSync } from 'node:fs';
import { codeOf, waitForPipe } from './system-errors.ts';

/** A place to read from, as `node:fs` has it; tests read from one that is slow. Answers 0 at the end. */
export type Read = (descriptor: number, bytes: Uint8Array, offset: number, length: number, position: null) => number;

/** Bytes of a piece. A larger input is not held as bytes too: a second copy of it would be most of a run's memory. */
const PIECE = 1 << 20;

/**
 * Reads to the end, and gives what came in pieces, none of which ends inside a character of UTF-8. Each piece is good
 * until the next one. A pipe that has nothing yet is waited for. Throws what the system says otherwise.
 */
export function* readAll(descriptor: number, read: Read = readSync): Generator<Uint8Array> {
  const bytes = Buffer.allocUnsafeSlow(PIECE);
  let length = 0;
  for (;;) {
    const more = readSome(descriptor, bytes, length, read);
    length += more;
    if (more === 0) break;
    if (length < PIECE) continue;
    const end = endOfCharacters(bytes);
    yield bytes.subarray(0, end);
    bytes.copyWithin(0, end);
    length -= end;
  }
  yield bytes.subarray(0, length);
}

function readSome(descriptor: number, bytes: Uint8Array, offset: number, read: Read): number {
  for (;;) {
    try {
      return read(descriptor, bytes, offset, bytes.length - offset, null);
    } catch (error) {
      const code = codeOf(error);
      // What Windows says at the end of a pipe.
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      waitForPipe();
    }
  }
}

/** Where the last character of full bytes ends for sure: behind it where it is ASCII, else before it. */
function endOfCharacters(bytes: Uint8Array): number {
  let at = bytes.length - 1;
  if ((bytes[at] as number) < 0x80) return bytes.length;
  while (at > bytes.length - MOST_BYTES && isContinuation(bytes[at] as number)) at -= 1;
  return at;
}

/** Of one character in UTF-8. */
const MOST_BYTES = 4;

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
