import type { Area } from './lay-out.ts';
import type { Item } from './visible-picture.ts';

const TITLE_FONT = '600 13px system-ui, sans-serif';
const NOTE_FONT = '11px system-ui, sans-serif';
const DOOR_FONT = '600 11px system-ui, sans-serif';
const BOX_FONT = '650 14px system-ui, sans-serif';

/** The height of a door, and of a node without any. */
export const DOOR = 20;
const LOW = 44;
const WIDEST = 250;

/** Measures texts in the fonts of the page. */
export function createRuler(): {
  readonly sizeOf: (item: Item) => Pick<Area, 'width' | 'height'>;
  readonly titleWidth: (title: string) => number;
} {
  const context = document.createElement('canvas').getContext('2d');
  const widthOf = (text: string, font: string): number => {
    if (context === null) return text.length * 8;
    context.font = font;
    return context.measureText(text).width;
  };
  return {
    sizeOf: ({ title, note, doors }) => {
      const words = Math.min(WIDEST, Math.max(widthOf(title, TITLE_FONT), widthOf(note, NOTE_FONT)));
      const ports = Math.max(0, ...doors.map(({ text, look }) => widthOf(doorText(text, look), DOOR_FONT) + 14));
      return {
        width: Math.ceil(Math.max(96, words + ports + (ports > 0 ? 34 : 26))),
        height: Math.max(LOW, doors.length * DOOR + 10),
      };
    },
    titleWidth: (title) => Math.ceil(widthOf(title, BOX_FONT) + 56),
  };
}

/** What stands on a door: the colour is not all that tells a closed one. */
export function doorText(text: string, look: 'allowed' | 'blocked'): string {
  return look === 'blocked' ? `✕ ${text}`.trim() : text;
}
