import { EVENT_ID, type Event } from 'js-yaml';
import { YamlError } from './yaml-error.ts';
import type { YamlNode, YamlTree } from './yaml-tree.ts';

/** Nodes that an object may have once its aliases are written out. The largest custom resources have about 30,000. */
const MAX_NODES = 1_000_000;

/** The events of a node, where aliases of anchors outside it are replaced by what they point at. Throws a YamlError. */
export function selfContained({ tree, event }: YamlNode): readonly Event[] {
  const end = tree.nexts[event] ?? tree.events.length;
  const own = tree.events.slice(event, end);
  if (!own.some(isAlias)) return own;
  const targets = resolveAliases(tree);
  const pointsOutside = (number: number): number | undefined => {
    const target = targets.get(event + number);
    return target === undefined || target >= event ? undefined : target;
  };
  if (!own.some((_, number) => pointsOutside(number) !== undefined)) return own;
  const budget = { left: MAX_NODES };
  return own.flatMap((current, number) => {
    const target = pointsOutside(number);
    if (target === undefined) return [current];
    if ((tree.nexts[target] ?? 0) > event) throw holdsItself(tree, current);
    return copyOf(tree, target, targets, budget);
  });
}

/**
 * Which entries of a list hold aliases of anchors in which others, by their positions. Throws a YamlError where an
 * anchor of an entry is used behind the list, since the entry could then never leave.
 */
export function anchorUses(entries: readonly YamlNode[]): Map<number, Set<number>> {
  const uses = new Map<number, Set<number>>();
  const tree = entries[0]?.tree;
  if (tree === undefined || !tree.events.some(isAlias)) return uses;
  const positions = new Map<number, number>();
  for (const [position, { event }] of entries.entries()) {
    for (let number = event; number < (tree.nexts[event] ?? 0); number += 1) positions.set(number, position);
  }
  for (const [alias, target] of resolveAliases(tree)) {
    const user = positions.get(alias) ?? -1;
    const owner = positions.get(target) ?? -1;
    if (owner < 0 || user === owner) continue;
    if (user < 0) throw usedOutside(tree, tree.events[alias] as Event);
    uses.set(user, (uses.get(user) ?? new Set()).add(owner));
  }
  return uses;
}

/**
 * Refuses aliases that hold themselves, and those that would write out to more nodes than any object has: whoever walks
 * such a value never ends. Throws a YamlError.
 */
export function checkExpansion(tree: YamlTree, events: readonly Event[]): void {
  if (!events.some(isAlias)) return;
  const sizes = new Map<string, number>();
  const open: Frame[] = [{ name: undefined, size: 0 }];
  for (const event of events) {
    if (event.type !== EVENT_ID.POP) open.push({ name: nameOf(tree, event), size: sizeOf(tree, event, sizes, open) });
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) continue;
    const closed = open.pop();
    const parent = open.at(-1);
    if (closed === undefined || parent === undefined) continue;
    if (closed.name !== undefined) sizes.set(closed.name, closed.size);
    parent.size += closed.size;
    if (parent.size > MAX_NODES) throw endless(tree, event);
  }
}

interface Frame {
  readonly name: string | undefined;
  size: number;
}

function sizeOf(tree: YamlTree, event: Event, sizes: ReadonlyMap<string, number>, open: readonly Frame[]): number {
  if (!isAlias(event)) return 1;
  const name = nameOf(tree, event);
  if (open.some((frame) => frame.name === name)) throw holdsItself(tree, event);
  return sizes.get(name ?? '') ?? 1;
}

/** The events of a node without its anchors, and with its aliases written out. */
function copyOf(tree: YamlTree, from: number, targets: ReadonlyMap<number, number>, budget: { left: number }): Event[] {
  const copied: Event[] = [];
  const end = tree.nexts[from] ?? from;
  for (let number = from; number < end; number += 1) {
    const event = tree.events[number] as Event;
    const target = isAlias(event) ? targets.get(number) : undefined;
    budget.left -= 1;
    if (budget.left < 0) throw endless(tree, event);
    if (target === undefined) copied.push(withoutAnchor(event));
    else if ((tree.nexts[target] ?? 0) > number) throw holdsItself(tree, event);
    else for (const one of copyOf(tree, target, targets, budget)) copied.push(one);
  }
  return copied;
}

const resolved = new WeakMap<YamlTree, ReadonlyMap<number, number>>();

/** By the number of each alias event, the number of the event it points at: the last one of that name before it. */
function resolveAliases(tree: YamlTree): ReadonlyMap<number, number> {
  const targets = resolved.get(tree) ?? findTargets(tree);
  resolved.set(tree, targets);
  return targets;
}

function findTargets(tree: YamlTree): Map<number, number> {
  const anchors = new Map<string, number>();
  const targets = new Map<number, number>();
  for (const [number, event] of tree.events.entries()) {
    if (event.type === EVENT_ID.DOCUMENT) anchors.clear();
    const name = nameOf(tree, event);
    if (name === undefined) continue;
    const target = anchors.get(name);
    if (!isAlias(event)) anchors.set(name, number);
    else if (target !== undefined) targets.set(number, target);
  }
  return targets;
}

function isAlias(event: Event): boolean {
  return event.type === EVENT_ID.ALIAS;
}

function withoutAnchor(event: Event): Event {
  if (isAlias(event) || !('anchorStart' in event)) return event;
  return { ...event, anchorStart: -1, anchorEnd: -1 };
}

/** The name of an event's anchor, or of the anchor that it points at. */
function nameOf(tree: YamlTree, event: Event): string | undefined {
  if (!('anchorStart' in event) || event.anchorStart < 0) return undefined;
  return tree.source.slice(event.anchorStart, event.anchorEnd);
}

function endless(tree: YamlTree, event: Event): YamlError {
  return new YamlError('must not hold aliases that expand without end', offsetOf(tree, event), 'alias-expansion');
}

function usedOutside(tree: YamlTree, event: Event): YamlError {
  return new YamlError('must not be an alias of an anchor inside items', offsetOf(tree, event));
}

function holdsItself(tree: YamlTree, event: Event): YamlError {
  return new YamlError('must not hold an alias of a node inside that node', offsetOf(tree, event), 'alias-expansion');
}

function offsetOf(tree: YamlTree, event: Event): number {
  return tree.toText('anchorStart' in event ? Math.max(event.anchorStart, 0) : 0);
}
