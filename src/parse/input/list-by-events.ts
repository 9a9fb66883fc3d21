import { COLLECTION_STYLE, EVENT_ID } from 'js-yaml';
import type { Entries, Span } from '../../model/layout.ts';
import { anchorUses } from './aliases.ts';
import { sliceEntries } from './block-entries.ts';
import type { Entry, ItemsRead } from './entry.ts';
import { behindLine, lineOf } from './lines.ts';
import { isNull, valueAt } from './look-at-node.ts';
import { childrenOf, eventOf, spanOf, type YamlNode } from './yaml-tree.ts';

/**
 * Opens the `items` of a list that was parsed as a whole. Its text is still cut: where flow entries begin and end the
 * parser says, and entries in block style lie between the dashes in the first dash's column. Throws a YamlError.
 */
export function openByEvents(entry: Entry): ItemsRead {
  const items = valueAt(entry.node(), 'items');
  if (items === undefined) return { kind: 'missing' };
  const wrong: ItemsRead = { kind: 'wrong', offset: spanOf(items).start };
  if (isNull(items)) return emptyList(entry, items) ?? wrong;
  const event = eventOf(items);
  if (event?.type !== EVENT_ID.SEQUENCE) return wrong;
  if (event.style === COLLECTION_STYLE.FLOW) return flowList(entry, items);
  return blockList(entry, items, items.tree.toText(event.start)) ?? wrong;
}

function flowList({ source }: Entry, items: YamlNode): ItemsRead {
  const children = childrenOf(items);
  const start = source.text.indexOf('[', spanOf(items).start);
  const layout: Entries = {
    kind: 'flow',
    entries: children.map(spanOf),
    inner: { start: start + 1, end: spanOf(items).end - 1 },
  };
  return listOf(source, layout, children, layout.entries);
}

/** The parser found as many entries as there are dashes in the first dash's column, or something is odd. */
function blockList({ source }: Entry, items: YamlNode, firstDash: number): ItemsRead | undefined {
  const { text, lines } = source;
  const slices = sliceEntries(text, lines, lineOf(lines, firstDash), lines.length);
  const children = childrenOf(items);
  if (slices === undefined || slices.entries.length !== children.length) return undefined;
  const layout: Entries = { kind: 'block', entries: slices.entries, column: slices.column, header: undefined };
  const contents = slices.entries.map(({ start, end }) => ({ start: start + slices.column + 1, end }));
  return listOf(source, layout, children, contents);
}

function listOf(
  source: Entry['source'],
  layout: Entries,
  children: readonly YamlNode[],
  contents: readonly Span[],
): ItemsRead {
  const entries = children.map((node, number) => ({
    source,
    content: contents[number] ?? spanOf(node),
    block: undefined,
    plain: undefined,
    node: () => node,
  }));
  return { kind: 'list', list: { layout, entries, uses: anchorUses(children) } };
}

/** `items: null`, or nothing behind the colon; undefined in `{items}`, where there is no colon. */
function emptyList({ source, content }: Entry, items: YamlNode): ItemsRead | undefined {
  const { text, lines } = source;
  const isFlow = /^[\s\uFEFF]*\{/.test(text.slice(content.start, content.end));
  const written = spanOf(items);
  const colon = /^[^\S\r\n]*:/.exec(text.slice(written.start, written.start + 100))?.[0].length;
  const isWritten = written.start < written.end;
  if (!isWritten && colon === undefined) return undefined;
  const lead = /[ \t]*$/.exec(text.slice(0, written.start))?.[0].length ?? 0;
  const at = isWritten ? written.start - lead : written.start + (colon ?? 0);
  const value = { start: at, end: isWritten ? written.end : at };
  const number = lineOf(lines, value.start);
  const nextLine = isFlow ? undefined : behindLine(lines, number);
  const layout: Entries = { kind: 'none', value, nextLine, column: lines.columns[number] as number };
  return { kind: 'list', list: { layout, entries: [], uses: new Map() } };
}
