import type { ScalarEvent } from 'js-yaml';
import type { Edit } from './edit.ts';
import { lastBlockScalar } from './last-block-scalar.ts';

/**
 * The edits that let more lines follow a text: a newline where there is none. Where the text ends inside a block
 * scalar, a newline would become part of its value, so its header is told to strip it (`|` becomes `|-`); libyaml and
 * go-yaml, which read what is written here, see no newline there, and js-yaml sees one.
 */
export function closeText(text: string, newline: string): Edit[] {
  if (text === '' || /[\r\n]$/.test(text)) return [];
  const end: Edit = { start: text.length, end: text.length, text: newline };
  const lastLine = /[^\r\n]*$/.exec(text)?.[0] ?? '';
  const scalar = /^[ \t]/.test(lastLine) ? lastBlockScalar(text) : undefined;
  if (scalar === undefined) return [end];
  const isInside = scalar.valueEnd === text.length;
  // A blank line that the scalar keeps would become one more.
  if (!isInside) return lastLine.trim() === '' ? [{ ...end, start: end.start - lastLine.length, text: '' }] : [end];
  const header = headerOf(text, scalar);
  return header === undefined ? [end] : [header, end];
}

function headerOf(text: string, scalar: ScalarEvent): Edit | undefined {
  const line = /[^\r\n]*(?:\r\n|\r|\n)$/.exec(text.slice(0, scalar.valueStart));
  const header = line === null ? null : /^(.*?[|>][1-9]?)(\+?)([1-9]?)[ \t]*(?:[ \t]#.*)?(?:\r\n|\r|\n)$/.exec(line[0]);
  if (line === null || header === null) return undefined;
  const start = line.index + (header[1]?.length ?? 0);
  return { start, end: start + (header[2]?.length ?? 0), text: '-' };
}
