import type { Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { GraphBox, GraphLine } from '../model/graph-view.ts';
import type { Observed } from '../observe.ts';
import { union } from '../policy/port-set.ts';
import type { ConnectionGroup } from '../reach/connection-table.ts';
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
  const sets = { Egress: wholesOf(observed, 'Egress'), Ingress: wholesOf(observed, 'Ingress') };
  /** The direction is that of the end's own policies. */
  const spotsOf = (ends: readonly End[], direction: Direction): readonly (Draft | SetDraft)[] => {
    const left = new Set(ends);
    const found = sets[direction].filter((set) => {
      if (!set.ends.every((end) => left.has(end))) return false;
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
  for (const { sources, destinations, ports } of groups) {
    const to = spotsOf(destinations, 'Ingress');
    for (const from of spotsOf(sources, 'Egress')) {
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

/** The largest first, so that what is a part of another is not said again. Pods on their node's network stay apart. */
function wholesOf({ ends, addresses, map }: Observed, direction: Direction): readonly SetDraft[] {
  const pods = ends.filter(({ kind }) => kind !== 'addresses' && kind !== 'host');
  const spaces = new Map<string, End[]>();
  for (const end of pods) {
    if (end.namespace === undefined) continue;
    const known = spaces.get(end.namespace);
    if (known === undefined) spaces.set(end.namespace, [end]);
    else known.push(end);
  }
  const free = ends.filter((end, position) => {
    const isolatedBy = map.ends[direction][map.classOf[position] ?? -1]?.isolatedBy ?? [];
    return end.kind !== 'addresses' && end.kind !== 'host' && isolatedBy.length === 0;
  });
  const elsewhere: GraphBox = { kind: 'elsewhere', name: 'elsewhere' };
  const outside: GraphBox = { kind: 'outside', name: 'outside' };
  const wholes: readonly SetDraft[] = [
    { name: 'anybody', label: 'anybody', box: elsewhere, ends: [...pods, ...addresses.ends] },
    { name: 'every pod', label: 'every pod', box: elsewhere, ends: pods },
    {
      name: `every pod that is not isolated for ${direction.toLowerCase()}`,
      label: `every pod with open ${direction.toLowerCase()}`,
      box: elsewhere,
      ends: free,
    },
    ...[...spaces].map(([name, own]): SetDraft => {
      const called = name === '' ? 'every pod here' : `every pod of ${name}`;
      return { name: called, label: 'every pod here', box: { kind: 'namespace', name }, ends: own };
    }),
    { name: 'every address', label: 'every address', box: outside, ends: addresses.ends },
  ];
  return wholes.filter((whole) => whole.ends.length >= FEWEST);
}
