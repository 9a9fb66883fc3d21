import type { Changes, Input, NewObject } from '../model/input.ts';
import type { Part } from '../model/layout.ts';
import type { Problem } from '../model/problem.ts';
import { closeText } from './close-text.ts';
import { type Edit, editedPieces } from './edit.ts';
import { type Appended, editLists } from './edit-list.ts';
import { editResourceList } from './edit-resource-list.ts';
import { flowEntry } from './flow.ts';
import { joinDocuments } from './join-documents.ts';
import { printManifest } from './manifest.ts';
import { inNewline } from './newline.ts';
import { type DocumentSite, type Rewrite, rewritesOf } from './rewrite.ts';

/**
 * Writes the input with its changes: every kept character as it came, replaced items in place, new ones behind the
 * others. A ResourceList carries `results` in place of its own; a stream has no place for them. Never empty.
 */
export function writeOutput(input: Input, changes: Changes, results: readonly Problem[]): string {
  return writePieces(input, changes, results).join('');
}

/** The same in pieces that follow each other. */
export function writePieces(input: Input, changes: Changes, results: readonly Problem[]): readonly string[] {
  const { parts } = input.layout;
  const [first] = parts;
  if (first?.resourceList !== undefined) {
    const rewrites = rewritesOf(input, changes, 0);
    return apply(first, editResourceList(first, first.resourceList, rewrites, changes.append, results));
  }
  const appended = listForAppended(parts, changes.append);
  const texts = parts.map((part, number) => {
    const rewrites = rewritesOf(input, changes, number);
    const documents = rewrites.documents.map(({ site, rewrite }) => editDocument(part, site, rewrite));
    return apply(part, [...documents, ...editLists(part, rewrites, appended)]).join('');
  });
  if (appended !== undefined) return texts;
  if (first?.json === true && parts.length === 1) return [writeJson(first.text, texts[0] ?? '', changes.append)];
  return [joinDocuments(texts, changes.append, first?.newline ?? '\n')];
}

function apply(part: Part, edits: readonly Edit[]): readonly string[] {
  const { text, newline } = part;
  const isExtended = edits.some((edit) => edit.start === text.length && edit.text !== '');
  // The last lines leave, so the text ends with the newline before them.
  const isCut = edits.some(
    ({ start, end }) => start < end && end === text.length && /[\r\n]/.test(text[start - 1] ?? ''),
  );
  return editedPieces(text, isExtended && !isCut ? [...closeText(text, newline), ...edits] : edits);
}

/** A removed document leaves with its marker; a replaced one keeps it. */
function editDocument(part: Part, { span, content }: DocumentSite, rewrite: Rewrite): Edit {
  if (rewrite.kind === 'remove') return { ...span, text: '' };
  const text = rewrite.kind === 'manifest' ? printManifest(rewrite.manifest) : rewrite.text;
  const lead = content.start > span.start ? '\n' : '';
  return { start: content.start, end: content.end, text: inNewline(part, `${lead}${text}`) };
}

/** New objects of a JSON list go into it; of everything else, behind it as documents. */
function listForAppended(parts: readonly Part[], append: readonly NewObject[]): Appended | undefined {
  const [only, ...more] = parts;
  const isJsonList = only?.json === true && more.length === 0 && only.lists.length > 0;
  return isJsonList ? { list: 0, objects: append } : undefined;
}

/** One JSON object cannot be followed by another; both fit into a List. */
function writeJson(original: string, text: string, added: readonly NewObject[]): string {
  if (added.length === 0 && text.trim() !== '') return text;
  const kept = text.trim() === '' ? [] : [original.trim()];
  const items = [...kept, ...added.map(({ manifest }) => flowEntry(manifest))];
  return `{"apiVersion": "v1", "kind": "List", "items": [${items.join(', ')}]}\n`;
}
