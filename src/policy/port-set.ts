import { type PortRange, type PortSet, PROTOCOLS, type Protocol } from '../model/port.ts';

/** The set of these ranges, in the one form in which equal sets are written alike. */
export function portSet(ranges: readonly PortRange[]): readonly PortRange[] {
  const first = ranges[0];
  if (first === undefined) return NO_RANGES;
  if (ranges.length === 1) return [{ protocol: first.protocol, port: first.port, endPort: first.endPort }];
  const merged: PortRange[] = [];
  for (const range of [...ranges].sort(byProtocolAndPort)) {
    const last = merged.at(-1);
    if (last !== undefined && touches(last, range)) {
      merged[merged.length - 1] = { ...last, endPort: Math.max(last.endPort, range.endPort) };
    } else {
      merged.push({ protocol: range.protocol, port: range.port, endPort: range.endPort });
    }
  }
  return merged;
}

const NO_RANGES: readonly PortRange[] = [];

/** Ports that are in either set. */
export function union(left: PortSet, right: PortSet): PortSet {
  if (left === 'all' || right === 'all') return 'all';
  return portSet(left.length === 0 ? right : right.length === 0 ? left : [...left, ...right]);
}

/** Ports that are in any of the sets; of no sets, none. */
export function unionAll(sets: Iterable<PortSet>): PortSet {
  const ranges: PortRange[] = [];
  for (const set of sets) {
    if (set === 'all') return 'all';
    for (let at = 0; at < set.length; at += 1) ranges.push(set[at] as PortRange);
  }
  return portSet(ranges);
}

/** Ports that are in both sets. */
export function intersect(left: PortSet, right: PortSet): PortSet {
  if (left === 'all') return right;
  if (right === 'all') return left;
  return portSet(left.flatMap((a) => right.flatMap((b) => overlap(a, b))));
}

/** Whether some port is in both sets: their intersection, without making it. */
export function meets(left: PortSet, right: PortSet): boolean {
  if (left === 'all') return !isEmpty(right);
  if (right === 'all') return left.length > 0;
  return left.some((a) => right.some((b) => a.protocol === b.protocol && a.port <= b.endPort && b.port <= a.endPort));
}

/**
 * Ports of `left` that are not in `right`. What is left of `all` is said in ports: traffic without ports (ICMP) cannot
 * be named by a policy, so it is not in the answer.
 */
export function subtract(left: PortSet, right: PortSet): PortSet {
  if (right === 'all') return [];
  if (right.length === 0) return left;
  return portSet(right.reduce(cut, left === 'all' ? EVERY_PORT : left));
}

/** Whether every port of `inner` is in `outer`. Only `all` covers `all`: it is more than every port of every protocol. */
export function covers(outer: PortSet, inner: PortSet): boolean {
  if (outer === 'all' || outer === inner) return true;
  if (inner === 'all') return false;
  const only = inner[0];
  // Most often one port that was asked for.
  if (inner.length === 1 && only !== undefined && outer.some((range) => holds(range, only))) return true;
  const left = subtract(inner, outer);
  return left !== 'all' && left.length === 0;
}

function holds(outer: PortRange, inner: PortRange): boolean {
  return outer.protocol === inner.protocol && outer.port <= inner.port && inner.endPort <= outer.endPort;
}

/** Whether the set has this port. */
export function hasPort(set: PortSet, protocol: Protocol, port: number): boolean {
  return (
    set === 'all' || set.some((range) => range.protocol === protocol && range.port <= port && port <= range.endPort)
  );
}

/** Whether the set has no ports at all. */
export function isEmpty(set: PortSet): boolean {
  return set !== 'all' && set.length === 0;
}

const EVERY_PORT: readonly PortRange[] = PROTOCOLS.map((protocol) => ({ protocol, port: 1, endPort: 65535 }));

function byProtocolAndPort(a: PortRange, b: PortRange): number {
  return PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol) || a.port - b.port;
}

/** Whether `next`, which starts no lower, overlaps `range` or is its neighbour. */
function touches(range: PortRange, next: PortRange): boolean {
  return range.protocol === next.protocol && next.port <= range.endPort + 1;
}

function overlap(a: PortRange, b: PortRange): readonly PortRange[] {
  if (a.protocol !== b.protocol) return [];
  return nonEmpty({ protocol: a.protocol, port: Math.max(a.port, b.port), endPort: Math.min(a.endPort, b.endPort) });
}

function cut(ranges: readonly PortRange[], hole: PortRange): readonly PortRange[] {
  return ranges.flatMap((range) =>
    overlap(range, hole).length === 0
      ? [range]
      : [...nonEmpty({ ...range, endPort: hole.port - 1 }), ...nonEmpty({ ...range, port: hole.endPort + 1 })],
  );
}

function nonEmpty(range: PortRange): readonly PortRange[] {
  return range.port <= range.endPort ? [range] : [];
}
