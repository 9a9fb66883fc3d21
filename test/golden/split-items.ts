import { load } from 'js-yaml';

/** A text of objects, cut where its list or its document markers cut it. */
export interface SplitText {
  readonly before: string;
  /** As they stand in the text, dashes or markers included. */
  readonly items: readonly string[];
  readonly after: string;
}

/**
 * Cuts a ResourceList or a stream into its items without Postern's own reader, so that a mistake there cannot hide
 * behind itself. Where lines are not enough to do that (JSON, flow style), the items are values, written as JSON.
 */
export function splitItems(text: string): SplitText {
  if (!/["']?kind["']?:\s*["']?ResourceList\b/.test(text)) return splitStream(text);
  const header = /^items:[ \t]*(#.*)?\r?\n/m.exec(text);
  return header === null ? splitValue(text) : splitList(text, header.index + header[0].length);
}

/** An item as a document of its own: without its dash and the columns before it. */
export function toDocument(item: string): string {
  const [, indent = '', dash = ''] = /^( *)(- )/.exec(item) ?? [];
  const column = indent.length + dash.length;
  const lines = item.replace(/^---[^\n]*\n/, '').split('\n');
  return lines
    .map((line, index) => (index === 0 || /^ *$/.test(line.slice(0, column)) ? line.slice(column) : line))
    .join('\n');
}

/** An item's value. */
export function parseItem(item: string): unknown {
  return load(toDocument(item));
}

function splitList(text: string, start: number): SplitText {
  const lines = text.slice(start).split(/(?<=\n)/);
  const column = /^ *(?=-)/.exec(lines[0] ?? '')?.[0].length ?? 0;
  const isEntry = (line: string): boolean => line.startsWith(`${' '.repeat(column)}- `);
  const isInside = (line: string): boolean => /^\s*$/.test(line) || line.startsWith(' '.repeat(column + 1));
  const items: string[] = [];
  let used = 0;
  for (const line of lines) {
    if (isEntry(line)) items.push(line);
    else if (items.length > 0 && isInside(line)) items[items.length - 1] += line;
    else break;
    used += line.length;
  }
  return { before: text.slice(0, start), items, after: text.slice(start + used) };
}

function splitValue(text: string): SplitText {
  const { items, ...rest } = load(text) as { readonly items?: readonly unknown[] | null };
  const head = JSON.stringify(rest).slice(0, -1);
  return { before: `${head}, "items": [`, items: (items ?? []).map((item) => `${JSON.stringify(item)},`), after: ']}' };
}

function splitStream(text: string): SplitText {
  const documents = text.split(/^(?=---(?:[ \t\r\n]|$))/m);
  return { before: '', items: documents.filter((document) => !isBlank(document)), after: '' };
}

function isBlank(document: string): boolean {
  return document.split('\n').every((line) => /^(---|\s*#|\s*$)/.test(line));
}
