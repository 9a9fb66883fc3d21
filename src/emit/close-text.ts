import { CHOMPING_MODE, EVENT_ID, type Event, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Edit } from './edit.ts';

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

/** The block scalar that a text ends with, where it does not strip its last line break. */
function lastBlockScalar(text: string): ScalarEvent | undefined {
  const scalar = eventsOf(text).findLast((event): event is ScalarEvent => event.type === EVENT_ID.SCALAR);
  const isBlock = scalar?.style === SCALAR_STYLE.LITERAL_BLOCK || scalar?.style === SCALAR_STYLE.FOLDED_BLOCK;
  return isBlock && scalar.chomping !== CHOMPING_MODE.STRIP ? scalar : undefined;
}

function headerOf(text: string, scalar: ScalarEvent): Edit | undefined {
  const line = /[^\r\n]*(?:\r\n|\r|\n)$/.exec(text.slice(0, scalar.valueStart));
  const header = line === null ? null : /^(.*?[|>][1-9]?)(\+?)([1-9]?)[ \t]*(?:[ \t]#.*)?(?:\r\n|\r|\n)$/.exec(line[0]);
  if (line === null || header === null) return undefined;
  const start = line.index + (header[1]?.length ?? 0);
  return { start, end: start + (header[2]?.length ?? 0), text: '-' };
}

/** What cannot be parsed has no value to keep. */
function eventsOf(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth: 500 });
  } catch {
    return [];
  }
}
