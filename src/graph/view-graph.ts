import type { Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { BlockedLine, GraphBox, GraphGroup, GraphLine, GraphNode, GraphView } from '../model/graph-view.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { Observed } from '../observe.ts';
import { type Asked, type ConnectionGroup, connectionTable } from '../reach/connection-table.ts';
import { rowsOfMap } from '../reach/reach-rows.ts';
import { drawLines, isSet, type SetDraft } from './draw-lines.ts';
import { type Blocked, findBlocked } from './find-blocked.ts';
import { type Draft, placeNodes } from './place-nodes.ts';
import { policiesOf, viewPolicies } from './view-policies.ts';

/**
 * Pictures who reaches whom. Pairs of which no policy says anything at either end are not drawn: that a node is not
 * isolated says it.
 *
 * @param asked pairs that are asked about, none of them twice
 * @param isAlwaysShown ends that are shown although nothing connects them
 */
export function viewGraph(
  observed: Observed,
  asked: readonly Asked[],
  isAlwaysShown: (end: End) => boolean,
): GraphView {
  const groups = boundGroups(observed, asked);
  const blocked = findBlocked(observed).filter(({ from, to }) =>
    asked.some((one) => one.source(from) && one.destination(to)),
  );
  const connected = new Set([
    ...groups.flatMap(({ sources, destinations }) => [...sources, ...destinations]),
    ...blocked.flatMap(({ from, to }) => [from, to]),
  ]);
  const isShown = (end: End): boolean => connected.has(end) || (end.kind !== 'others' && isAlwaysShown(end));
  const drafts = placeNodes(observed, groups, isShown);
  return assemble(observed, drafts, groups, blocked);
}

/** Connections that a policy allows at one end at least. */
function boundGroups({ map, ends }: Observed, asked: readonly Asked[]): readonly ConnectionGroup[] {
  const positions = new Map(ends.map((end, position) => [end, position]));
  const isIsolated = (end: End, direction: Direction): boolean => {
    const at = map.classOf[positions.get(end) ?? -1] ?? -1;
    return (map.ends[direction][at]?.isolatedBy.length ?? 0) > 0;
  };
  const table = connectionTable(rowsOfMap(map), ends);
  return asked.flatMap(({ source, destination }) => [
    ...table({ source, destination: (end) => destination(end) && isIsolated(end, 'Ingress') }),
    ...table({
      source: (end) => source(end) && isIsolated(end, 'Egress'),
      destination: (end) => destination(end) && !isIsolated(end, 'Ingress'),
    }),
  ]);
}

function assemble(
  observed: Observed,
  drafts: readonly Draft[],
  groups: readonly ConnectionGroup[],
  blocked: readonly Blocked[],
): GraphView {
  const drawn = drawLines(observed, groups, drafts);
  const sets = [...new Set(drawn.flatMap(({ from, to }) => [from, to]).filter(isSet))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const boxes = boxesOf([...drafts, ...sets]);
  const boxAt = new Map(boxes.map((box, position) => [keyOf(box), position]));
  const policies = policiesOf(drafts.map(({ isolatedBy }) => isolatedBy));
  const policyAt = new Map(policies.map((policy, position) => [policy, position]));
  const positions = new Map<Draft | SetDraft, number>([...drafts, ...sets].map((draft, position) => [draft, position]));
  const endAt = new Map(drafts.flatMap((draft, position) => draft.ends.map((end) => [end, position] as const)));
  const nodesOf = (ends: readonly End[]): readonly number[] =>
    [...new Set(ends.flatMap((end) => endAt.get(end) ?? []))].sort((a, b) => a - b);
  const boxOf = (box: GraphBox): number => boxAt.get(keyOf(box)) ?? 0;
  return {
    boxes,
    nodes: [
      ...drafts.map((draft) => nodeOf(draft, boxOf(draft.box), policyAt)),
      ...sets.map((set) => nodeOfSet(set, boxOf(set.box), nodesOf(set.ends))),
    ],
    lines: drawn
      .map(({ from, to, ports }): GraphLine => ({ from: positions.get(from) ?? 0, to: positions.get(to) ?? 0, ports }))
      .sort((a, b) => a.from - b.from || a.to - b.to),
    groups: groups.map((group): GraphGroup => {
      return { sources: nodesOf(group.sources), destinations: nodesOf(group.destinations), ports: group.ports };
    }),
    blocked: blocked
      .map(({ from, to, ...rest }): BlockedLine => ({ from: endAt.get(from) ?? 0, to: endAt.get(to) ?? 0, ...rest }))
      .sort((a, b) => a.from - b.from || a.to - b.to),
    policies: viewPolicies(policies, { map: observed.map, classesOf: classesOf(observed, drafts) }),
  };
}

function classesOf({ map, ends }: Observed, drafts: readonly Draft[]): readonly (readonly number[])[] {
  const positions = new Map(ends.map((end, position) => [end, position]));
  return drafts.map((draft) => draft.ends.map((end) => map.classOf[positions.get(end) ?? -1] ?? -1));
}

function nodeOf(
  { kind, name, label, object, place, calls, isolatedBy }: Draft,
  box: number,
  policyAt: ReadonlyMap<NetworkPolicy, number>,
): GraphNode {
  const positionsOf = (policies: readonly NetworkPolicy[]): readonly number[] =>
    policies.map((policy) => policyAt.get(policy) ?? 0);
  const bound = { Ingress: positionsOf(isolatedBy.Ingress), Egress: positionsOf(isolatedBy.Egress) };
  const isolated = (['Ingress', 'Egress'] as const).filter((direction) => bound[direction].length > 0);
  return { kind, name, label, box, isolated, object, place, calls, bound, members: [] };
}

function nodeOfSet({ name, label }: SetDraft, box: number, members: readonly number[]): GraphNode {
  const nothing = { isolated: [], object: undefined, place: '', calls: [], bound: { Ingress: [], Egress: [] } };
  return { kind: 'set', name, label, box, members, ...nothing };
}

const KINDS: readonly GraphBox['kind'][] = ['namespace', 'elsewhere', 'outside'];

function boxesOf(drafts: readonly { readonly box: GraphBox }[]): readonly GraphBox[] {
  const boxes = new Map(drafts.map(({ box }) => [keyOf(box), box]));
  return [...boxes.values()].sort(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

function keyOf({ kind, name }: GraphBox): string {
  return `${kind} ${name}`;
}
