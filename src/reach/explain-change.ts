import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { ReachChange } from '../model/reach-diff.ts';
import { type Pair, type Reason, reasonsOf } from './change-reasons.ts';
import type { ConnectionGroup } from './connection-table.ts';
import type { NameEnds } from './name-ends.ts';

/** A change and the two builds. */
export interface Explaining {
  readonly kind: ReachChange['kind'];
  readonly group: ConnectionGroup;
  /** A pair in the build that has the connections, and in the other; undefined where an end is not in it. */
  readonly has: (source: End, destination: End) => Pair | undefined;
  readonly lacks: (source: End, destination: End) => Pair | undefined;
  /** Every end of either build, as provenance calls its objects: `Deployment/shop/web`. */
  readonly objects: ReadonlySet<string>;
  readonly name: NameEnds;
}

/** Pairs of one change that are looked at; the others are alike, mostly. */
const MOST_PAIRS = 60;

/** What did it, a line each: declarations or policies, and ends that are isolated in one build only. */
export function explainChange({ kind, group, has, lacks, objects, name }: Explaining): readonly string[] {
  const lines = new Set<string>();
  const open = { Egress: new Set<End>(), Ingress: new Set<End>() };
  let isNew = false;
  for (const [source, destination] of somePairs(group)) {
    const pair = has(source, destination);
    if (pair === undefined) continue;
    const other = lacks(source, destination);
    isNew ||= other === undefined;
    for (const reason of reasonsOf({ has: pair, lacks: other, ports: group.ports })) {
      if (reason.kind === 'policy') for (const line of wordsOf(reason, source, destination, objects)) lines.add(line);
      else open[reason.direction].add(reason.direction === 'Egress' ? source : destination);
    }
  }
  return [...lines, ...DIRECTIONS.toReversed().flatMap((way) => isolationLine(kind, way, open[way], isNew, name))];
}

function* somePairs({ sources, destinations }: ConnectionGroup): Generator<readonly [End, End]> {
  let left = MOST_PAIRS;
  for (const source of sources) {
    for (const destination of destinations) {
      if (left === 0) return;
      left -= 1;
      yield [source, destination];
    }
  }
}

/** Where an end itself comes or goes, an end that policies leave open is no news. */
function isolationLine(
  kind: ReachChange['kind'],
  direction: Direction,
  ends: ReadonlySet<End>,
  isNew: boolean,
  name: NameEnds,
): readonly string[] {
  const known = [...ends].filter(({ workloads }) => workloads.length > 0);
  if (known.length === 0 || (isNew && kind === 'removed')) return [];
  const change = kind === 'removed' ? 'now isolated' : isNew ? 'not isolated' : 'no longer isolated';
  return [`${change} for ${direction.toLowerCase()}: ${name(known).join(', ')}`];
}

/**
 * The declarations of a policy that speak of this pair: the source's `allow-to`, the destination's `allow-from`, and
 * those of Services, Namespaces and the config. The policy itself where it says none.
 */
function wordsOf(
  { policy, declarations }: Reason & { readonly kind: 'policy' },
  source: End,
  destination: End,
  objects: ReadonlySet<string>,
): readonly string[] {
  const [from, to] = [objectsOf(source), objectsOf(destination)];
  const words = declarations.filter((line) => {
    const [subject = '', origin = ''] = line.split(' ');
    if (!objects.has(subject)) return true;
    return /allow-?to/i.test(origin) ? from.has(subject) : to.has(subject);
  });
  return words.length > 0 ? words : [policy];
}

/** The objects of an end, as provenance calls them. */
export function objectsOf({ workloads }: End): ReadonlySet<string> {
  return new Set(
    workloads.map(({ resource: { kind, namespace, name } }) => [kind, namespace, name].filter(Boolean).join('/')),
  );
}
