import { ownerName } from '../explain/owner-name.ts';
import { placeText } from '../explain/place-text.ts';
import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { GraphBox, GraphNode } from '../model/graph-view.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { Observed } from '../observe.ts';
import type { ConnectionGroup } from '../reach/connection-table.ts';

/** A node under way: the ends that it stands for, and what isolates it. */
export interface Draft extends Pick<GraphNode, 'kind' | 'name' | 'label' | 'object' | 'place' | 'calls'> {
  readonly box: GraphBox;
  readonly ends: readonly End[];
  readonly isolatedBy: Readonly<Record<Direction, readonly NetworkPolicy[]>>;
}

const ELSEWHERE: GraphBox = { kind: 'elsewhere', name: 'elsewhere' };
const OUTSIDE: GraphBox = { kind: 'outside', name: 'outside' };

/** The nodes of a picture, in its order: each end that is shown, and the outside as the connections cut it. */
export function placeNodes(
  observed: Observed,
  groups: readonly ConnectionGroup[],
  isShown: (end: End) => boolean,
): readonly Draft[] {
  const pods = observed.ends.filter((end) => end.kind !== 'addresses' && isShown(end));
  const isolation = isolationOf(observed);
  const drafts = pods.map((end): Draft => {
    const [workload] = end.workloads;
    return {
      kind: end.kind,
      name: end.name,
      label: labelOf(end),
      object: workload && ownerName(workload),
      place: workload === undefined ? '' : placeText(workload.resource),
      calls: end.workloads.map(({ resource }) => resource.name),
      box:
        end.kind === 'named'
          ? OUTSIDE
          : end.namespace === undefined
            ? ELSEWHERE
            : { kind: 'namespace', name: end.namespace },
      ends: [end],
      isolatedBy: isolation(end),
    };
  });
  return [...drafts, ...outsideNodes(observed, groups)].sort(inOrder);
}

const KINDS: readonly GraphBox['kind'][] = ['namespace', 'elsewhere', 'outside'];

function inOrder(a: Draft, b: Draft): number {
  return (
    KINDS.indexOf(a.box.kind) - KINDS.indexOf(b.box.kind) || compare(a.box.name, b.box.name) || compare(a.name, b.name)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function labelOf({ name, namespace }: End): string {
  const label = namespace === undefined || namespace === '' ? name : name.slice(namespace.length + 1);
  return label === '*' ? 'other pods here' : label;
}

/** Parts of the outside that are in the same connections are one node. */
function outsideNodes({ addresses }: Observed, groups: readonly ConnectionGroup[]): readonly Draft[] {
  const memberships = new Map<End, string[]>();
  const note = (ends: readonly End[], where: string): void => {
    for (const end of ends)
      if (end.kind === 'addresses') memberships.set(end, [...(memberships.get(end) ?? []), where]);
  };
  for (const [position, { sources, destinations }] of groups.entries()) {
    note(sources, `${position}>`);
    note(destinations, `>${position}`);
  }
  const alike = new Map<string, End[]>();
  for (const end of addresses.ends) {
    const key = memberships.get(end)?.join();
    if (key !== undefined) alike.set(key, [...(alike.get(key) ?? []), end]);
  }
  return [...alike.values()].map((ends) => {
    const name = addresses.nameAll(new Set(ends)).join(', ');
    const isolatedBy = { Ingress: [], Egress: [] };
    return {
      kind: 'addresses',
      name,
      label: name,
      object: undefined,
      place: '',
      calls: [],
      box: OUTSIDE,
      ends,
      isolatedBy,
    };
  });
}

function isolationOf({ map, ends }: Observed): (end: End) => Draft['isolatedBy'] {
  const positions = new Map(ends.map((end, position) => [end, position]));
  return (end) => {
    const at = map.classOf[positions.get(end) ?? -1] ?? -1;
    const [Ingress, Egress] = DIRECTIONS.map((direction) => map.ends[direction][at]?.isolatedBy ?? []) as [
      readonly NetworkPolicy[],
      readonly NetworkPolicy[],
    ];
    return { Ingress, Egress };
  };
}
