import type { Entries } from '../../model/layout.ts';
import { sharesAnchors } from './anchors.ts';
import { sliceEntries } from './block-entries.ts';
import type { Entry, ItemsRead, OpenedList } from './entry.ts';
import { behindLine, type Lines, startOfLine } from './lines.ts';
import { openByEvents } from './list-by-events.ts';
import type { Section, Sections } from './section.ts';
import { SlicedEntry } from './sliced-entry.ts';

/** Behind "items:" where no entry follows on the line. */
const NO_ENTRIES = /^([ \t]*(?:\[[ \t]*\]|null|~)|)[ \t]*(?:[ \t]#.*)?$/;

/**
 * Opens the `items` of a ResourceList or of another list of objects.
 *
 * The fast road cuts the text at the dashes and parses nothing. It is taken only when all of this holds:
 * - the list's object is in block style, and at its keys' column stand only plain or simply quoted keys, comments, and
 *   dashes under a key that has no value on its own line; no line of it stands further left (`readSections`);
 * - `items` is written once, and what follows it on its line is nothing, a comment, `[]`, `null` or `~`: no anchor, tag,
 *   alias or flow collection;
 * - the first line below it that is no comment begins with a dash followed by a space, a tab or the line's end, not
 *   further left than the keys, and every further line down to the next key is deeper than that dash, begins with a
 *   dash in its column, is blank, or is a comment (`sliceEntries`);
 * - no alias in one part of the text can point at an anchor in an earlier one: the parts are the lines before `items`,
 *   each item, and the lines behind them (`sharesAnchors`);
 * - the document has no `%TAG` directive.
 * Then each slice is what a parser would see as that item: YAML wants all lines of an item deeper than its dash, block
 * scalars, quoted scalars and flow collections included, so neither a `- ` nor a `---` inside one can be taken for a
 * border. Otherwise the whole object is parsed into events, which tell where its items lie; the text is still cut, not
 * printed again. Throws what the parser throws.
 */
export function openItems(entry: Entry, sections: Sections | undefined): ItemsRead {
  return (sections === undefined ? undefined : openByLines(entry, sections)) ?? openByEvents(entry);
}

function openByLines(entry: Entry, sections: Sections): ItemsRead | undefined {
  const { source, block } = entry;
  const found = sections.sections.filter(({ key }) => key === 'items');
  const section = found[0];
  if (block === undefined || found.length > 1) return undefined;
  if (section === undefined) return { kind: 'missing' };
  const { text, lines } = source;
  const written = text.slice(section.value, lines.ends[section.from]);
  const value = written === '' ? '' : NO_ENTRIES.exec(written)?.[1];
  if (value === undefined) return undefined;
  if (!section.goesOn) return { kind: 'list', list: noEntries(section, value, lines, sections.column) };
  const slices = value === '' ? sliceEntries(text, lines, section.from + 1, section.to) : undefined;
  if (slices === undefined || slices.to !== section.to || slices.column < sections.column) return undefined;
  const behind = startOfLine(lines, slices.entries.at(-1)?.to ?? section.to);
  const borders = (): number[] => [block.start, ...slices.entries.map(({ start }) => start), behind];
  if (sharesAnchors(text, { start: block.start, end: startOfLine(lines, block.to) }, borders)) return undefined;
  const { column } = slices;
  const entries = slices.entries.map((lines) => new SlicedEntry(source, lines, column));
  const layout: Entries = { kind: 'block', entries: slices.entries, column, header: section.value };
  return { kind: 'list', list: { layout, entries, uses: new Map() } };
}

function noEntries(section: Section, value: string, lines: Lines, column: number): OpenedList {
  const span = { start: section.value, end: section.value + value.length };
  const layout: Entries = { kind: 'none', value: span, nextLine: behindLine(lines, section.from), column };
  return { layout, entries: [], uses: new Map() };
}
