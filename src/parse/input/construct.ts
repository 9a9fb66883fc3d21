import { CORE_SCHEMA, constructFromEvents, type DocumentDirective, EVENT_ID, type Event, mergeTag } from 'js-yaml';
import type { Problem } from '../../model/problem.ts';
import { problemOf, YamlError, yamlErrorOf } from './yaml-error.ts';
import type { YamlNode, YamlTree } from './yaml-tree.ts';

/** What reading a node gives: its value, or what is wrong with it. */
export type Read = { readonly value: unknown } | { readonly problem: Pick<Problem, 'code' | 'message' | 'snippet'> };

/** YAML 1.2's core schema with merge keys, which real manifests use. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Nodes that an object may have once its aliases are written out. The largest custom resources have about 30,000. */
const MAX_NODES = 1_000_000;

/**
 * Builds the value of a node. Duplicate keys, unknown tags, mappings as keys, aliases that expand without end and
 * unknown aliases are its problem. Aliases may point at anchors before the node.
 */
export function construct(node: () => YamlNode, text: string): Read {
  try {
    return { value: buildValue(node()) ?? null };
  } catch (error) {
    return { problem: problemOf(error, text) };
  }
}

function buildValue(node: YamlNode): unknown {
  const { tree } = node;
  refuseComplexKeys(node);
  const events = selfContained(node);
  checkExpansion(tree, events);
  const document: Event = {
    type: EVENT_ID.DOCUMENT,
    explicitStart: false,
    explicitEnd: false,
    directives: directivesOf(node),
  };
  try {
    const options = { source: tree.source, schema: SCHEMA };
    return constructFromEvents([document, ...events, { type: EVENT_ID.POP }], options)[0];
  } catch (error) {
    throw yamlErrorOf(error, tree.text, tree.base);
  }
}

/** Most often a template that was not rendered: `{{ x }}` is a mapping in a mapping. The parser does not say where. */
function refuseComplexKeys({ tree, event }: YamlNode): void {
  const end = tree.nexts[event] ?? tree.events.length;
  // One frame for each open collection: whether its next node is a key.
  const frames: { readonly isMapping: boolean; atKey: boolean }[] = [];
  for (let number = event; number < end; number += 1) {
    const { type } = tree.events[number] as Event;
    if (type === EVENT_ID.POP) {
      frames.pop();
      continue;
    }
    const isCollection = type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE;
    const frame = frames.at(-1);
    if (frame?.atKey === true && isCollection) throw complexKey(tree.starts[number] ?? tree.base);
    if (frame?.isMapping === true) frame.atKey = !frame.atKey;
    if (isCollection) frames.push({ isMapping: type === EVENT_ID.MAPPING, atKey: type === EVENT_ID.MAPPING });
  }
}

function complexKey(offset: number): YamlError {
  const why = 'a mapping or a list must not be a key (put "{{" in quotes, or render the template first)';
  return new YamlError(`must be valid YAML: ${why}`, offset);
}

function directivesOf({ tree, event }: YamlNode): DocumentDirective[] {
  for (let number = event; number >= 0; number -= 1) {
    const candidate = tree.events[number];
    if (candidate?.type === EVENT_ID.DOCUMENT) return candidate.directives;
  }
  return [];
}

/** The events of a node, where aliases of anchors outside it are replaced by what they point at. */
function selfContained({ tree, event }: YamlNode): readonly Event[] {
  const end = tree.nexts[event] ?? tree.events.length;
  const own = tree.events.slice(event, end);
  if (!own.some(({ type }) => type === EVENT_ID.ALIAS)) return own;
  const targets = resolveAliases(tree);
  const points = (number: number): number | undefined => {
    const target = targets.get(number);
    return target === undefined || target >= event ? undefined : target;
  };
  if (!own.some((_, number) => points(event + number) !== undefined)) return own;
  return own.flatMap((current, number) => {
    const target = points(event + number);
    if (target === undefined) return [current];
    if ((tree.nexts[target] ?? 0) > event) throw holdsItself(tree.base + anchorOf(current));
    return copyOf(tree, target, targets, { left: MAX_NODES });
  });
}

/** The events of a node without its anchors, and with its aliases written out. */
function copyOf(tree: YamlTree, from: number, targets: ReadonlyMap<number, number>, budget: { left: number }): Event[] {
  const copied: Event[] = [];
  const end = tree.nexts[from] ?? from;
  for (let number = from; number < end; number += 1) {
    const event = tree.events[number] as Event;
    const target = targets.get(number);
    budget.left -= 1;
    if (budget.left < 0) throw endless(tree.base + anchorOf(event));
    if (event.type !== EVENT_ID.ALIAS || target === undefined) copied.push(withoutAnchor(event));
    else if ((tree.nexts[target] ?? 0) > number) throw holdsItself(tree.base + anchorOf(event));
    else for (const one of copyOf(tree, target, targets, budget)) copied.push(one);
  }
  return copied;
}

/** By the number of each alias event, the number of the event it points at: the last one of that name before it. */
function resolveAliases(tree: YamlTree): Map<number, number> {
  const anchors = new Map<string, number>();
  const targets = new Map<number, number>();
  for (const [number, event] of tree.events.entries()) {
    if (event.type === EVENT_ID.DOCUMENT) anchors.clear();
    if (!('anchorStart' in event) || event.anchorStart < 0) continue;
    const name = tree.source.slice(event.anchorStart, event.anchorEnd);
    const target = anchors.get(name);
    if (event.type !== EVENT_ID.ALIAS) anchors.set(name, number);
    else if (target !== undefined) targets.set(number, target);
  }
  return targets;
}

function withoutAnchor(event: Event): Event {
  return 'anchorStart' in event ? { ...event, anchorStart: -1, anchorEnd: -1 } : event;
}

function anchorOf(event: Event): number {
  return 'anchorStart' in event ? event.anchorStart : 0;
}

/** Refuses aliases that hold themselves, and those that would write out to more nodes than any object has. */
function checkExpansion(tree: YamlTree, events: readonly Event[]): void {
  if (!events.some(({ type }) => type === EVENT_ID.ALIAS)) return;
  const sizes = new Map<string, number | 'open'>();
  const frames: { readonly name: string | undefined; size: number }[] = [{ name: undefined, size: 0 }];
  const add = (size: number, event: Event): void => {
    const frame = frames.at(-1);
    if (frame !== undefined) frame.size += size;
    if ((frame?.size ?? 0) > MAX_NODES) throw endless(tree.base + anchorOf(event));
  };
  for (const event of events) {
    const name = nameOf(tree, event);
    if (event.type === EVENT_ID.POP) {
      const closed = frames.pop();
      if (closed?.name !== undefined) sizes.set(closed.name, closed.size);
      add(closed?.size ?? 0, event);
    } else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      if (name !== undefined) sizes.set(name, 'open');
      frames.push({ name, size: 1 });
    } else {
      const size = event.type === EVENT_ID.ALIAS ? (sizes.get(name ?? '') ?? 1) : 1;
      if (size === 'open') throw holdsItself(tree.base + anchorOf(event));
      if (name !== undefined) sizes.set(name, size);
      add(size, event);
    }
  }
}

function endless(offset: number): YamlError {
  return new YamlError('must not hold aliases that expand without end', offset, 'alias-expansion');
}

function holdsItself(offset: number): YamlError {
  return new YamlError('must not hold an alias of a node inside that node', offset, 'alias-expansion');
}

/** The name of an event's anchor, or of the anchor that it points at. */
function nameOf(tree: YamlTree, event: Event): string | undefined {
  if (!('anchorStart' in event) || event.anchorStart < 0) return undefined;
  return tree.source.slice(event.anchorStart, event.anchorEnd);
}
