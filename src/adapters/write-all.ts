import { fstatSync, readSync, statSync, writeSync } from 'node:fs';
import { codeOf, waitForPipe } from './system-errors.ts';

/** A place to write to, as `node:fs` has it; tests write to one that fills up. */
export type Write = (descriptor: number, bytes: Uint8Array, offset: number, length: number) => number;

/** Characters that are encoded at a time: a second copy of the whole output would be most of a run's memory. */
const PIECE = 65536;
/** Of one UTF-16 unit in UTF-8. */
const MOST_BYTES = 3;

/**
 * Writes every byte of texts that follow each other before it returns. A pipe takes what it has room for, so the rest is
 * written again; a pipe that is full is waited for. Throws when the other side is gone (EPIPE) or the disk is full.
 */
export function writeAll(descriptor: number, texts: readonly string[], write: Write = writeSync): void {
  const encoder = new TextEncoder();
  const bytes = new Uint8Array(PIECE * MOST_BYTES);
  let used = 0;
  const flush = (): void => {
    writeBytes(descriptor, bytes, used, write);
    used = 0;
  };
  for (const text of texts) {
    for (let at = 0; at < text.length; ) {
      const piece = pieceAt(text, at);
      if (bytes.length - used < piece.length * MOST_BYTES) flush();
      const { read, written } = encoder.encodeInto(piece, used === 0 ? bytes : bytes.subarray(used));
      at += read;
      used += written;
    }
  }
  flush();
}

/** A piece of a text; it does not end between the halves of a character. */
function pieceAt(text: string, at: number): string {
  if (text.length - at <= PIECE) return text.slice(at);
  return text.slice(at, at + PIECE - (isFirstHalf(text.charCodeAt(at + PIECE - 1)) ? 1 : 0));
}

function isFirstHalf(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function writeBytes(descriptor: number, bytes: Uint8Array, length: number, write: Write): void {
  for (let offset = 0; offset < length; ) {
    try {
      offset += write(descriptor, bytes, offset, length - offset);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      waitForPipe();
    }
  }
}

/**
 * Throws where a descriptor was closed when the program began. Node puts /dev/null in its place, which takes everything
 * and keeps nothing, opened for reading too; a shell's `> /dev/null` can only be written to, and passes.
 */
export function refuseClosed(descriptor: number): void {
  if (!isDevNull(descriptor) || !isReadable(descriptor)) return;
  throw Object.assign(new Error('closed'), { code: 'EBADF' });
}

function isDevNull(descriptor: number): boolean {
  const written = fstatSync(descriptor);
  if (!written.isCharacterDevice()) return false;
  const device = statSync('/dev/null', { throwIfNoEntry: false });
  return device !== undefined && device.rdev === written.rdev && device.ino === written.ino;
}

function isReadable(descriptor: number): boolean {
  try {
    readSync(descriptor, new Uint8Array(1));
    return true;
  } catch {
    return false;
  }
}
