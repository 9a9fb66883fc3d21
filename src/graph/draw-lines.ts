import type { Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { GraphBox, GraphLine } from '../model/graph-view.ts';
import type { Observed } from '../observe.ts';
import { covers, union } from '../policy/port-set.ts';
import type { ConnectionGroup } from '../reach/connection-table.ts';
import { isHost } from '../reach/name-ends.ts';
import type { Draft } from './place-nodes.ts';

/** All of a namespace, of the cluster or of the outside, as one end of lines. */
export interface SetDraft {
  readonly name: string;
  readonly label: string;
  readonly box: GraphBox;
  readonly ends: readonly End[];
}

/** A line under way, from and to drafts. */
interface DraftLine extends Omit<GraphLine, 'from' | 'to'> {
  readonly from: Draft | SetDraft;
  readonly to: Draft | SetDraft;
}

/** Draws groups of connections with few lines: a whole namespace, or everybody, is one end. */
export function drawLines(
  observed: Observed,
  groups: readonly ConnectionGroup[],
  drafts: readonly Draft[],
): readonly DraftLine[] {
  const nodeOf = new Map(drafts.flatMap((draft) => draft.ends.map((end) => [end, draft] as const)));
  const sets = wholesOf(observed);
  const widerThan = widerSources(groups);
  /** The direction is that of the end's own policies. `others` pass too, on more ports, so a set may have them. */
  const spotsOf = (
    ends: readonly End[],
    direction: Direction,
    others: ReadonlySet<End>,
  ): readonly (Draft | SetDraft)[] => {
    const left = new Set(ends);
    const found = sets[direction].filter((set) => {
      const isWhole = set.ends.every((end) => left.has(end) || others.has(end));
      if (!isWhole || !set.ends.some((end) => left.has(end))) return false;
      for (const end of set.ends) left.delete(end);
      return true;
    });
    return [...found.map(asOne), ...new Set([...left].flatMap((end) => nodeOf.get(end) ?? []))];
  };
  /** Of the outside, every part may be one node. */
  function asOne(set: SetDraft): Draft | SetDraft {
    const [only, ...more] = new Set(set.ends.flatMap((end) => nodeOf.get(end) ?? []));
    return only !== undefined && more.length === 0 ? only : set;
  }
  const lines = new Map<string, DraftLine>();
  for (const group of groups) {
    const { sources, destinations, ports } = group;
    const to = spotsOf(destinations, 'Ingress', NOBODY);
    for (const from of spotsOf(sources, 'Egress', widerThan(group))) {
      for (const other of to) {
        if (from === other && !isSet(from)) continue;
        const key = JSON.stringify([from.name, other.name]);
        const known = lines.get(key);
        lines.set(key, { from, to: other, ports: known === undefined ? ports : union(known.ports, ports) });
      }
    }
  }
  return [...lines.values()];
}

/** Whether one end of a line stands for several nodes. */
export function isSet(draft: Draft | SetDraft): draft is SetDraft {
  return !('kind' in draft);
}

/** Fewer ends than this are drawn one by one. */
const FEWEST = 2;

const NOBODY: ReadonlySet<End> = new Set();

/** Sources that reach all destinations of a group too, on all of its ports and more. */
function widerSources(groups: readonly ConnectionGroup[]): (group: ConnectionGroup) => ReadonlySet<End> {
  const reaching = new Map<End, ConnectionGroup[]>();
  for (const group of groups) {
    for (const end of group.destinations) {
      const known = reaching.get(end);
      if (known === undefined) reaching.set(end, [group]);
      else known.push(group);
    }
  }
  return ({ destinations, ports }) => {
    const [first] = destinations;
    const wider = (first === undefined ? [] : (reaching.get(first) ?? [])).filter((other) => {
      if (other.ports === ports || !covers(other.ports, ports)) return false;
      const reached = new Set(other.destinations);
      return destinations.every((end) => reached.has(end));
    });
    return new Set(wider.flatMap(({ sources }) => sources));
  };
}

/** The largest first, so that what is a part of another is not said again. Pods on their node's network stay apart. */
function wholesOf(observed: Observed): Readonly<Record<Direction, readonly SetDraft[]>> {
  const [wide, spaces] = [everybodyOf(observed), spacesOf(observed)];
  const setsFor = (direction: Direction): readonly SetDraft[] =>
    [...wide, openSet(observed, direction), ...spaces].filter(({ ends }) => ends.length >= FEWEST);
  return { Ingress: setsFor('Ingress'), Egress: setsFor('Egress') };
}

const ELSEWHERE: GraphBox = { kind: 'elsewhere', name: 'elsewhere' };

function everybodyOf({ ends }: Observed): readonly SetDraft[] {
  const pods = ends.filter(isPod);
  return [
    { name: 'anybody', label: 'anybody', box: ELSEWHERE, ends: ends.filter(({ kind }) => kind !== 'host') },
    { name: 'every pod', label: 'every pod', box: ELSEWHERE, ends: pods },
  ];
}

function isPod({ kind }: End): boolean {
  return kind !== 'addresses' && kind !== 'host' && kind !== 'named';
}

function openSet({ ends, map }: Observed, direction: Direction): SetDraft {
  const way = direction.toLowerCase();
  return {
    name: `every pod that is not isolated for ${way}`,
    label: `every pod with open ${way}`,
    box: ELSEWHERE,
    ends: ends.filter((end, position) => {
      const isolatedBy = map.ends[direction][map.classOf[position] ?? -1]?.isolatedBy ?? [];
      return isPod(end) && isolatedBy.length === 0;
    }),
  };
}

function spacesOf({ ends, addresses }: Observed): readonly SetDraft[] {
  const spaces = new Map<string, End[]>();
  for (const end of ends.filter(isPod)) {
    if (end.namespace === undefined) continue;
    const known = spaces.get(end.namespace);
    if (known === undefined) spaces.set(end.namespace, [end]);
    else known.push(end);
  }
  const label = 'every pod here';
  return [
    ...[...spaces].map(([name, own]): SetDraft => {
      const called = name === '' ? label : `every pod of ${name}`;
      return { name: called, label, box: { kind: 'namespace', name }, ends: own };
    }),
    {
      name: 'every address',
      label: 'every address',
      box: { kind: 'outside', name: 'outside' },
      ends: [...addresses.ends, ...ends.filter(isHost)],
    },
  ];
}
