import { COLLECTION_STYLE, EVENT_ID } from 'js-yaml';
import type { ResourceListLayout, Span } from '../../model/layout.ts';
import { behindBlank } from './behind-blank.ts';
import type { Entry } from './entry.ts';
import { type Lines, lineOf, startOfLine } from './lines.ts';
import { pairsOf } from './look-at-node.ts';
import { eventOf, spanOf } from './yaml-tree.ts';

/** The keys of an object that was parsed, and where they stand. */
export function keysOfNode(entry: Entry): { key: string; offset: number }[] {
  const { text } = entry.source;
  return pairsOf(entry.node()).map(({ key }) => {
    const span = spanOf(key);
    return { key: slice(text, span).replace(/^(["'])(.*)\1$/, '$2'), offset: span.start };
  });
}

/** The layout of a ResourceList that was parsed. `at`: where its lines end. */
export function layoutOfNode(entry: Entry, items: number | undefined, at: number): ResourceListLayout {
  const { text, lines } = entry.source;
  const node = entry.node();
  const event = eventOf(node);
  const pair = pairsOf(node).find(({ key }) => /^["']?results["']?$/.test(slice(text, spanOf(key))));
  if (event?.type === EVENT_ID.MAPPING && event.style === COLLECTION_STYLE.FLOW) {
    const results = pair && { start: spanOf(pair.key).start, end: spanOf(pair.value).end };
    return { items, results, end: { kind: 'flow', at: spanOf(node).end - 1 } };
  }
  const start = event?.type === EVENT_ID.MAPPING ? node.tree.toText(event.start) : spanOf(node).start;
  const column = start - startOfLine(lines, lineOf(lines, start));
  const results = pair && wholeLines(lines, { start: spanOf(pair.key).start, end: spanOf(pair.value).end });
  return { items, results, end: { kind: 'block', at, column } };
}

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function wholeLines(lines: Lines, span: Span): Span {
  const to = lineOf(lines, Math.max(span.start, span.end - 1)) + 1;
  return { start: startOfLine(lines, lineOf(lines, span.start)), end: startOfLine(lines, behindBlank(lines, to)) };
}
