import type { Problem } from '../../model/problem.ts';

/**
 * Decodes UTF-8, keeping a byte order mark. Anything else is a problem that says what it looks like. The bytes come in
 * pieces that end with a character; all of them are taken, since a pipe that is closed early is an error to its writer.
 */
export function decode(pieces: Iterable<Uint8Array>): { readonly text: string } | { readonly problem: Problem } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const texts: string[] = [];
  let problem: Problem | undefined;
  for (const bytes of pieces) {
    if (problem !== undefined) continue;
    const utf16 = texts.length === 0 ? utf16Name(bytes) : undefined;
    try {
      if (utf16 === undefined) texts.push(decoder.decode(bytes));
      else problem = encodingProblem(`got ${utf16}`);
    } catch {
      const line = texts.reduce((lines, text) => lines + newlinesIn(text), lineOfBadByte(bytes));
      problem = encodingProblem(`got bytes that are not (line ${line})`);
    }
  }
  if (problem !== undefined) return { problem };
  return { text: texts.length === 1 ? (texts[0] as string) : texts.join('') };
}

function encodingProblem(got: string): Problem {
  return { code: 'invalid-encoding', severity: 'error', message: `the input must be UTF-8, ${got}` };
}

/** UTF-16 says so in its byte order mark, or shows it by a zero beside the first ASCII character. */
function utf16Name(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return 'UTF-32';
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? 'UTF-32' : 'UTF-16';
  if (first === 0xfe && second === 0xff) return 'UTF-16';
  return bytes.length > 1 && (first === 0) !== (second === 0) ? 'UTF-16' : undefined;
}

/** The line of the first byte that is no UTF-8: the decoder says only that there is one. */
function lineOfBadByte(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoded = new TextEncoder().encode(lenient);
  let at = 0;
  while (at < bytes.length && bytes[at] === encoded[at]) at += 1;
  return bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
}

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}
