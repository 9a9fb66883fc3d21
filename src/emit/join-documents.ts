import type { NewObject } from '../model/input.ts';
import { closeText } from './close-text.ts';
import { applyEdits } from './edit.ts';
import { printManifest } from './manifest.ts';

/** Puts texts of a stream and new objects together, with `---` where the next one does not bring its own. */
export function joinDocuments(texts: readonly string[], added: readonly NewObject[], newline: string): string {
  const printed = added
    .map(({ manifest }) => printManifest(manifest))
    .join('---\n')
    .replaceAll('\n', newline);
  const written = [...texts, printed].reduce((before, text) => joinTwo(before, text, newline), '');
  return written.trim() === '' ? `# No objects are left.${newline}` : written;
}

function joinTwo(before: string, text: string, newline: string): string {
  if (before === '' || text === '') return `${before}${text}`;
  const closed = applyEdits(before, closeText(before, newline));
  return `${closed}${separatorOf(closed, text, newline)}${text}`;
}

/** A directive may only follow the end of a document; everything else follows the start of its own. */
function separatorOf(before: string, text: string, newline: string): string {
  const first = /^\uFEFF?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(---(?=\s|$)|%)/.exec(text)?.[1];
  if (first === '%') return `...${newline}`;
  return first === '---' || endsInMarker(before) ? '' : `---${newline}`;
}

function endsInMarker(text: string): boolean {
  const tail = text.slice(-1000);
  return /(?:^|[\r\n])---[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r\n|\r|\n)$/.test(tail);
}
