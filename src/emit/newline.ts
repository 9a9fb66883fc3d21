import type { Part } from '../model/layout.ts';

/** A text with the line breaks of the part that it becomes a piece of. */
export function inNewline({ newline }: Pick<Part, 'newline'>, text: string): string {
  return newline === '\n' ? text : text.replaceAll('\n', newline);
}
