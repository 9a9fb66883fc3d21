import type { Manifest, NewObject } from '../model/input.ts';
import type { BlockEntries, Entries, NoEntries, Part, Span } from '../model/layout.ts';
import type { Edit } from './edit.ts';
import { editFlow, flowEntry } from './flow.ts';
import { indentEntry, printEntry } from './manifest.ts';
import { inNewline } from './newline.ts';
import type { Rewrite, Rewrites } from './rewrite.ts';

/** New entries of one of a part's lists. */
export interface Appended {
  readonly list: number;
  readonly objects: readonly NewObject[];
}

/** The edits of every list of a part. */
export function editLists(part: Part, { entries }: Rewrites, appended: Appended | undefined): Edit[] {
  return part.lists.flatMap((list, number) =>
    editList(part, list, entries.get(number) ?? new Map(), appended?.list === number ? appended.objects : []),
  );
}

function editList(
  part: Part,
  list: Entries,
  rewrites: ReadonlyMap<number, Rewrite>,
  appended: readonly NewObject[],
): Edit[] {
  if (list.kind === 'flow') return editFlow(part.text, list, rewrites, appended);
  if (list.kind === 'none') return appended.length === 0 ? [] : fillList(part, list, appended);
  return editBlock(part, list, rewrites, appended);
}

function editBlock(
  part: Part,
  list: BlockEntries,
  rewrites: ReadonlyMap<number, Rewrite>,
  appended: readonly NewObject[],
): Edit[] {
  const edits: Edit[] = [];
  for (const [entry, rewrite] of rewrites) {
    const span = list.entries[entry] as Span;
    edits.push({ start: span.start, end: span.end, text: inNewline(part, blockText(rewrite, list.column)) });
  }
  const end = list.entries.at(-1)?.end ?? part.text.length;
  if (appended.length > 0) {
    for (const { manifest } of appended) edits.push({ start: end, end, text: printOne(part, manifest, list.column) });
    return edits;
  }
  const isEmpty = list.entries.every((_, entry) => rewrites.get(entry)?.kind === 'remove');
  return isEmpty && list.entries.length > 0 ? [...edits, emptyMark(part, list)] : edits;
}

function blockText(rewrite: Rewrite, column: number): string {
  if (rewrite.kind === 'remove') return '';
  return rewrite.kind === 'manifest' ? printEntry(rewrite.manifest, column) : indentEntry(rewrite.text, column);
}

function printOne(part: Part, manifest: Manifest, column: number): string {
  return inNewline(part, printEntry(manifest, column));
}

/** `items:` needs a value when its last entry leaves, or the key would hold null. */
function emptyMark(part: Part, list: BlockEntries): Edit {
  if (list.header !== undefined) return { start: list.header, end: list.header, text: ' []' };
  const start = list.entries[0]?.start ?? 0;
  return { start, end: start, text: inNewline(part, `${' '.repeat(list.column + 1)}[]\n`) };
}

function fillList(part: Part, list: NoEntries, appended: readonly NewObject[]): Edit[] {
  if (list.nextLine === undefined) {
    return [{ ...list.value, text: ` [${appended.map(({ manifest }) => flowEntry(manifest)).join(', ')}]` }];
  }
  const entries = appended.map(({ manifest }) => printOne(part, manifest, list.column));
  const added = { start: list.nextLine, end: list.nextLine, text: entries.join('') };
  return [{ ...list.value, text: '' }, added];
}
