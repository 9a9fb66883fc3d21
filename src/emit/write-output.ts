import type { Changes, Input, Manifest } from '../model/input.ts';
import type { Entries, Part, Site } from '../model/layout.ts';
import type { Problem } from '../model/problem.ts';
import { closeText } from './close-text.ts';
import { applyEdits, type Edit } from './edit.ts';
import { closeOf, editFlow, flowEntry } from './flow.ts';
import { printEntry, printManifest } from './manifest.ts';
import { resultOf } from './results.ts';

/**
 * Writes the input with its changes: every kept character as it came, replaced items in place, new ones behind the
 * others. A ResourceList carries `results` in place of its own; a stream has no place for them. Never empty.
 */
export function writeOutput(input: Input, changes: Changes, results: readonly Problem[]): string {
  const { parts, sites } = input.layout;
  const [first] = parts;
  if (first === undefined) return '';
  const edits = parts.map((part, number) => siteEdits(sites, changes, part, number));
  if (first.resourceList !== undefined) return writeResourceList(first, edits[0] ?? NO_EDITS, changes.append, results);
  const [manifests, listed] = splitAppended(parts, changes.append);
  const texts = parts.map((part, number) => {
    const own = edits[number] ?? NO_EDITS;
    return applyEdits(part.text, [...own.documents, ...listEdits(part, own, number === 0 ? listed : undefined)]);
  });
  return joinDocuments(parts, texts, manifests);
}

/** Changes of one part: of its documents, and of the entries of each of its lists by their position. */
interface SiteEdits {
  readonly documents: readonly Edit[];
  readonly entries: ReadonlyMap<number, ReadonlyMap<number, Manifest | undefined>>;
}

const NO_EDITS: SiteEdits = { documents: [], entries: new Map() };

function siteEdits(sites: readonly Site[], changes: Changes, part: Part, number: number): SiteEdits {
  const documents: Edit[] = [];
  const entries = new Map<number, Map<number, Manifest | undefined>>();
  const touched = [...changes.remove, ...[...changes.replace.keys()].filter((index) => !changes.remove.has(index))];
  for (const index of touched) {
    const site = sites[index];
    const manifest = changes.remove.has(index) ? undefined : changes.replace.get(index);
    if (site === undefined || site.part !== number) continue;
    if (site.kind === 'document') {
      documents.push(documentEdit(part, site, manifest));
    } else {
      const list = entries.get(site.list) ?? new Map<number, Manifest | undefined>();
      entries.set(site.list, list.set(site.entry, manifest));
    }
  }
  return { documents, entries };
}

/** A removed document leaves with its marker; a replaced one keeps it. */
function documentEdit(part: Part, site: Extract<Site, { kind: 'document' }>, manifest: Manifest | undefined): Edit {
  const { span, content } = site;
  if (manifest === undefined) return { ...span, text: '' };
  const lead = content.start > span.start ? '\n' : '';
  return { start: content.start, end: content.end, text: inNewline(part, `${lead}${printManifest(manifest)}`) };
}

function listEdits(part: Part, { entries }: SiteEdits, appended: Appended | undefined): Edit[] {
  return part.lists.flatMap((list, number) =>
    editList(part, list, entries.get(number) ?? new Map(), appended?.list === number ? appended.manifests : []),
  );
}

interface Appended {
  readonly list: number;
  readonly manifests: readonly Manifest[];
}

/** Replaces, removes and appends entries of one list. */
function editList(
  part: Part,
  list: Entries,
  changed: ReadonlyMap<number, Manifest | undefined>,
  appended: readonly Manifest[],
): Edit[] {
  if (list.kind === 'flow') return editFlow(part.text, list, changed, appended);
  if (list.kind === 'none') return appended.length === 0 ? [] : fillList(part, list, appended);
  const edits = list.entries.flatMap((span, entry): Edit[] => {
    if (!changed.has(entry)) return [];
    const manifest = changed.get(entry);
    return [{ ...span, text: manifest === undefined ? '' : inNewline(part, printEntry(manifest, list.column)) }];
  });
  const removed = [...changed.values()].filter((manifest) => manifest === undefined).length;
  const end = list.entries.at(-1)?.end ?? part.text.length;
  if (appended.length > 0) return [...edits, ...insertLines(part, end, entriesText(part, appended, list.column))];
  return removed === list.entries.length && removed > 0 ? [...edits, emptyMark(part, list)] : edits;
}

function entriesText(part: Part, manifests: readonly Manifest[], column: number): string {
  return inNewline(part, manifests.map((manifest) => printEntry(manifest, column)).join(''));
}

/** `items:` needs a value when its last entry leaves, or the key would hold null. */
function emptyMark(part: Part, list: Extract<Entries, { kind: 'block' }>): Edit {
  if (list.header !== undefined) return { start: list.header, end: list.header, text: ' []' };
  const start = list.entries[0]?.start ?? 0;
  return { start, end: start, text: inNewline(part, `${' '.repeat(list.column + 1)}[]\n`) };
}

function fillList(part: Part, list: Extract<Entries, { kind: 'none' }>, appended: readonly Manifest[]): Edit[] {
  if (list.nextLine === undefined) {
    return [{ ...list.value, text: ` [${appended.map((manifest) => flowEntry(manifest)).join(', ')}]` }];
  }
  const cleared = { ...list.value, text: '' };
  return [cleared, ...insertLines(part, list.nextLine, entriesText(part, appended, list.column))];
}

function writeResourceList(
  part: Part,
  edits: SiteEdits,
  appended: readonly Manifest[],
  problems: readonly Problem[],
): string {
  const layout = part.resourceList;
  if (layout === undefined) return part.text;
  const results = problems.map(resultOf);
  const own = layout.items === undefined ? undefined : { list: layout.items, manifests: appended };
  const keys: [string, readonly Manifest[]][] = [];
  if (own === undefined && appended.length > 0) keys.push(['items', appended]);
  if (results.length > 0) keys.push(['results', results]);
  return applyEdits(part.text, [...listEdits(part, edits, own), ...keyEdits(part, keys)]);
}

/** Takes the input's results out, and writes new keys at the end of the ResourceList. */
function keyEdits(part: Part, keys: readonly [string, readonly Manifest[]][]): Edit[] {
  const layout = part.resourceList;
  if (layout === undefined) return [];
  const { results, end } = layout;
  if (end.kind === 'flow') return closeOf(part.text, results, end.at, keys);
  const cut: Edit[] = results === undefined ? [] : [{ ...results, text: '' }];
  const indent = ' '.repeat(end.column);
  const text = keys
    .map(([key, values]) => `${indent}${key}:\n${values.map((value) => printEntry(value, end.column)).join('')}`)
    .join('');
  return text === '' ? cut : [...cut, ...insertLines(part, end.at, inNewline(part, text))];
}

/** Lines in front of an offset that begins a line, or at the end of a text that may lack its last newline. */
function insertLines(part: Part, at: number, text: string): Edit[] {
  const close = at === part.text.length ? closeText(part.text, part.newline) : [];
  return [...close, { start: at, end: at, text }];
}

function inNewline({ newline }: Part, text: string): string {
  return newline === '\n' ? text : text.replaceAll('\n', newline);
}

/** New objects of a JSON list go into it; of everything else, behind it as documents. */
function splitAppended(
  parts: readonly Part[],
  append: readonly Manifest[],
): [documents: readonly Manifest[], listed: Appended | undefined] {
  const [only, ...more] = parts;
  const isList = only?.json === true && more.length === 0 && only.lists.length > 0;
  return isList ? [[], { list: 0, manifests: append }] : [append, undefined];
}

/** Puts the texts of a stream and new documents together, with `---` where the next one does not bring its own. */
function joinDocuments(parts: readonly Part[], texts: readonly string[], manifests: readonly Manifest[]): string {
  const newline = parts[0]?.newline ?? '\n';
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only?.json === true && manifests.length > 0) return wrapJson(only.text, texts[0] ?? '', manifests);
  const added = manifests.map(printManifest).join('---\n').replaceAll('\n', newline);
  const written = [...texts, added].reduce((before, text) => joinTwo(before, text, newline), '');
  return written.trim() === '' ? `# No objects are left.${newline}` : written;
}

function joinTwo(before: string, text: string, newline: string): string {
  if (before === '' || text === '') return `${before}${text}`;
  const closed = applyEdits(before, closeText(before, newline));
  const marker = endsInMarker(closed) || beginsWithMarker(text) ? '' : `---${newline}`;
  return `${closed}${marker}${text}`;
}

/** One JSON object cannot be followed by another; both fit into a List. */
function wrapJson(original: string, text: string, manifests: readonly Manifest[]): string {
  const kept = text.trim() === '' ? [] : [original.trim()];
  const items = [...kept, ...manifests.map((manifest) => flowEntry(manifest))];
  return `{"apiVersion": "v1", "kind": "List", "items": [${items.join(', ')}]}\n`;
}

function beginsWithMarker(text: string): boolean {
  return /^\uFEFF?(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(?:---(?:\s|$)|%)/.test(text);
}

function endsInMarker(text: string): boolean {
  const tail = text.slice(-1000);
  return /(?:^|[\r\n])---[ \t]*(?:[ \t]#[^\r\n]*)?(?:\r\n|\r|\n)$/.test(tail);
}
