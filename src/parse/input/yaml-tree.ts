import { COLLECTION_STYLE, EVENT_ID, type Event, SCALAR_STYLE } from 'js-yaml';
import { type Parsed, ParseFailure, parseLeniently } from './parse-leniently.ts';
import { yamlErrorOf } from './parser-error.ts';

/** The parser's events of a stretch of text, and where each node lies. */
export interface YamlTree {
  /** The whole text, for messages. */
  readonly text: string;
  /** What the events' offsets refer to, and where those lie in the whole text. */
  readonly source: string;
  readonly toText: (offset: number) => number;
  readonly events: readonly Event[];
  /** By the number of a node's first event: offsets in the whole text, and the number of the event behind it. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly nexts: readonly number[];
}

/** One node of a tree, by the number of its first event. */
export interface YamlNode {
  readonly tree: YamlTree;
  readonly event: number;
}

/** Parses a stretch of text into a tree. Throws a YamlError. */
export function parseTree(text: string, start: number, end: number): YamlTree {
  const { source, events, toGiven } = parsed(text, start, end);
  const toText = (offset: number): number => start + toGiven(offset);
  return { text, source, toText, events, ...measure(events, source, toText) };
}

function parsed(text: string, start: number, end: number): Parsed {
  try {
    return parseLeniently(text.slice(start, end));
  } catch (error) {
    throw error instanceof ParseFailure ? yamlErrorOf(error.reason, text, start + error.offset) : error;
  }
}

/** The content of each document of a tree. */
export function documentNodes(tree: YamlTree): YamlNode[] {
  const nodes: YamlNode[] = [];
  for (let event = 0; event < tree.events.length; event = tree.nexts[event] ?? tree.events.length) {
    nodes.push({ tree, event: event + 1 });
  }
  return nodes;
}

/** The nodes inside a sequence; inside a mapping, its keys and values by turns. */
export function childrenOf({ tree, event }: YamlNode): YamlNode[] {
  const nodes: YamlNode[] = [];
  const end = (tree.nexts[event] ?? 0) - 1;
  for (let child = event + 1; child < end; child = tree.nexts[child] ?? end) nodes.push({ tree, event: child });
  return nodes;
}

/** Where a node lies in the whole text. */
export function spanOf({ tree, event }: YamlNode): { start: number; end: number } {
  return { start: tree.starts[event] ?? tree.toText(0), end: tree.ends[event] ?? tree.toText(0) };
}

/** The event that a node begins with. */
export function eventOf({ tree, event }: YamlNode): Event | undefined {
  return tree.events[event];
}

interface Open {
  readonly event: number;
  /** The character that ends it, where it is a flow collection with brackets. */
  readonly terminator: string | undefined;
}

/** Events say where nodes begin; where flow collections end is found by looking for their bracket. */
function measure(
  events: readonly Event[],
  source: string,
  toText: (offset: number) => number,
): { starts: number[]; ends: number[]; nexts: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  const nexts: number[] = [];
  const open: Open[] = [];
  let at = 0;
  const finish = (event: number, next: number): void => {
    ends[event] = toText(at);
    nexts[event] = next;
  };
  for (const [number, event] of events.entries()) {
    if (event.type === EVENT_ID.POP) {
      const closed = open.pop();
      if (closed?.terminator !== undefined) at = behindTerminator(source, at, closed.terminator);
      if (closed !== undefined) finish(closed.event, number + 1);
      continue;
    }
    starts[number] = toText(startOf(event, at));
    if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) {
      at = Math.max(at, endOf(event));
      finish(number, number + 1);
    } else {
      const terminator = terminatorOf(event, events[number + 1], source);
      if (terminator !== undefined && 'start' in event) at = event.start + 1;
      open.push({ event: number, terminator });
    }
  }
  return { starts, ends, nexts };
}

function startOf(event: Event, at: number): number {
  const offsets: number[] = [];
  if ('tagStart' in event && event.tagStart >= 0) offsets.push(event.tagStart);
  if ('anchorStart' in event && event.anchorStart >= 0) offsets.push(event.anchorStart - 1);
  if ('start' in event) offsets.push(event.start);
  if (event.type === EVENT_ID.SCALAR && event.valueStart >= 0) {
    offsets.push(event.valueStart - (isQuoted(event.style) ? 1 : 0));
  }
  return offsets.length === 0 ? at : Math.min(...offsets);
}

function endOf(event: Extract<Event, { anchorEnd: number }>): number {
  if (event.type !== EVENT_ID.SCALAR) return event.anchorEnd;
  const value = event.valueEnd < 0 ? -1 : event.valueEnd + (isQuoted(event.style) ? 1 : 0);
  return Math.max(value, event.tagEnd, event.anchorEnd);
}

function isQuoted(style: number): boolean {
  return style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
}

/** `[a: b]` holds a mapping without brackets of its own; it may begin where its first key does. */
function terminatorOf(event: Event, next: Event | undefined, source: string): string | undefined {
  if (!('style' in event) || !('start' in event) || event.style !== COLLECTION_STYLE.FLOW) return undefined;
  if (event.type === EVENT_ID.SEQUENCE) return ']';
  const isPair = source[event.start] !== '{' || (next !== undefined && 'start' in next && next.start === event.start);
  return isPair ? undefined : '}';
}

/** Between the last node of a flow collection and its bracket are only spaces, comments, commas and colons. */
function behindTerminator(source: string, from: number, terminator: string): number {
  let at = from;
  while (at < source.length && source[at] !== terminator) {
    if (source[at] === '#' && /\s/.test(source[at - 1] ?? '')) at = endOfComment(source, at);
    else at += 1;
  }
  return at + 1;
}

function endOfComment(source: string, from: number): number {
  const end = source.slice(from).search(/[\r\n]/);
  return end < 0 ? source.length : from + end;
}
