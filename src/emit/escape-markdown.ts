import { visible } from './visible.ts';

/** Markdown must show what is meant: `*` would be emphasis, and a bar would end a cell. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(/[\\`*_|<>[\]]/g, (character) => `\\${character}`);
}
