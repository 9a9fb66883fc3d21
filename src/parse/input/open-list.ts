import { EVENT_ID } from 'js-yaml';
import type { Entries, Span } from '../../model/layout.ts';
import { sharesAnchors } from './anchors.ts';
import { type EntryLines, sliceEntries } from './block-entries.ts';
import { type Entry, isNull, type Source, valueAt } from './entry.ts';
import { type Line, startOfLine } from './line.ts';
import type { Section, Sections } from './section.ts';
import { childrenOf, documentNodes, eventOf, parseTree, spanOf, type YamlNode } from './yaml-tree.ts';

/** The `items` of an object. */
export interface OpenedList {
  readonly layout: Entries;
  readonly entries: readonly Entry[];
}

/** What an object has at `items`: a list, nothing, or something that is no list. */
export type ItemsRead =
  | { readonly kind: 'list'; readonly list: OpenedList }
  | { readonly kind: 'missing' }
  | { readonly kind: 'wrong'; readonly offset: number };

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
  const line = lines[section.from] as Line;
  const value = /^([ \t]*(?:\[[ \t]*\]|null|~)|)[ \t]*(?:[ \t]#.*)?$/.exec(text.slice(section.value, line.end))?.[1];
  if (value === undefined) return undefined;
  if (!section.goesOn) return { kind: 'list', list: noEntries(section, value, line, sections.column) };
  const slices = value === '' ? sliceEntries(text, lines, section.from + 1, section.to) : undefined;
  if (slices === undefined || slices.to !== section.to || slices.column < sections.column) return undefined;
  const starts = slices.entries.map(({ from }) => startOfLine(lines, from));
  const border = [block.start, ...starts, startOfLine(lines, slices.entries.at(-1)?.to ?? section.to)];
  if (sharesAnchors(text, border, startOfLine(lines, block.to))) return undefined;
  const entries = slices.entries.map((slice) => entryOfLines(source, slice, slices.column));
  const layout: Entries = {
    kind: 'block',
    entries: slices.entries.map((slice) => spanOfLines(lines, slice)),
    column: slices.column,
    header: section.value,
  };
  return { kind: 'list', list: { layout, entries } };
}

function noEntries(section: Section, value: string, line: Line, column: number): OpenedList {
  const span = { start: section.value, end: section.value + value.length };
  return { layout: { kind: 'none', value: span, nextLine: line.next, column }, entries: [] };
}

/** An entry that is parsed, when it is, out of its own lines: with its dash, so that indentation means the same. */
function entryOfLines(source: Source, slice: EntryLines, column: number): Entry {
  const { text, lines } = source;
  const { start, end } = spanOfLines(lines, slice);
  const content = { start: start + column + 1, end };
  return {
    source,
    content,
    block: { from: slice.from, to: slice.to, start: content.start },
    node: once(() => {
      const list = documentNodes(parseTree(text, start, end))[0] as YamlNode;
      return childrenOf(list)[0] as YamlNode;
    }),
  };
}

function spanOfLines(lines: readonly Line[], { from, to }: EntryLines): Span {
  return { start: startOfLine(lines, from), end: (lines[to - 1] as Line).next };
}

function openByEvents(entry: Entry): ItemsRead {
  const items = valueAt(entry.node(), 'items');
  if (items === undefined) return { kind: 'missing' };
  const event = eventOf(items);
  if (event?.type === EVENT_ID.SEQUENCE) {
    const isFlow = event.style === 2;
    const list = isFlow ? flowList(entry, items) : blockList(entry, items, items.tree.base + event.start);
    return list === undefined ? { kind: 'wrong', offset: spanOf(items).start } : { kind: 'list', list };
  }
  if (isNull(items)) return { kind: 'list', list: emptyList(entry, items) };
  return { kind: 'wrong', offset: spanOf(items).start };
}

function flowList({ source }: Entry, items: YamlNode): OpenedList {
  const children = childrenOf(items);
  const start = source.text.indexOf('[', spanOf(items).start);
  const entries = children.map((node) => ({ source, content: spanOf(node), block: undefined, node: () => node }));
  const layout: Entries = {
    kind: 'flow',
    entries: children.map(spanOf),
    inner: { start: start + 1, end: spanOf(items).end - 1 },
  };
  return { layout, entries };
}

/** The parser found as many entries as there are dashes in the first dash's column, or something is odd. */
function blockList({ source }: Entry, items: YamlNode, firstDash: number): OpenedList | undefined {
  const { text, lines } = source;
  const from = lineOf(lines, firstDash);
  const slices = sliceEntries(text, lines, from, lines.length);
  const children = childrenOf(items);
  if (slices === undefined || slices.entries.length !== children.length) return undefined;
  const entries = slices.entries.map((slice, number) => ({
    ...entryOfLines(source, slice, slices.column),
    block: undefined,
    node: () => children[number] as YamlNode,
  }));
  const spans = slices.entries.map((slice) => spanOfLines(lines, slice));
  return { layout: { kind: 'block', entries: spans, column: slices.column, header: undefined }, entries };
}

/** `items: null` in a mapping that was parsed. */
function emptyList({ source, content }: Entry, items: YamlNode): OpenedList {
  const { text, lines } = source;
  const isFlow = /^[\s\uFEFF]*\{/.test(text.slice(content.start, content.end));
  const written = spanOf(items);
  const colon = text.indexOf(':', written.start);
  const value = written.start === written.end ? { start: colon + 1, end: colon + 1 } : written;
  const line = lines[lineOf(lines, value.start)] as Line;
  return {
    layout: { kind: 'none', value, nextLine: isFlow ? undefined : line.next, column: line.column },
    entries: [],
  };
}

/** Number of the line that holds an offset. */
function lineOf(lines: readonly Line[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] as Line).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A function's result, computed once. */
export function once<Value>(compute: () => Value): () => Value {
  let result: { value: Value } | undefined;
  return () => {
    result ??= { value: compute() };
    return result.value;
  };
}
