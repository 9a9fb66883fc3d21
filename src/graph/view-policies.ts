import { peerText, writtenPortsText } from '../emit/rule-text.ts';
import { calledRule, policyWord } from '../explain/explain-end.ts';
import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { GraphPolicy, GraphRule } from '../model/graph-view.ts';
import { PROVENANCE } from '../model/mark.ts';
import type { Action, NetworkPolicy, Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { rulesOf } from '../policy/rules-of.ts';
import type { Opening, ReachMap } from '../reach/reach-map.ts';

/** What the rules of policies mean for nodes, which are given as classes of a map: those of each node. */
export interface NodeClasses {
  readonly map: ReachMap;
  readonly classesOf: readonly (readonly number[])[];
}

/** Describes policies, with the nodes that each of their rules lets through. */
export function viewPolicies(
  policies: readonly NetworkPolicy[],
  { map, classesOf }: NodeClasses,
): readonly GraphPolicy[] {
  const nodesOf = new Map<number, number[]>();
  for (const [node, classes] of classesOf.entries()) {
    for (const one of new Set(classes)) nodesOf.set(one, [...(nodesOf.get(one) ?? []), node]);
  }
  const bound = { Ingress: subjectsOf(map, 'Ingress'), Egress: subjectsOf(map, 'Egress') };
  return policies.map((policy) => {
    const rulesFor = (direction: Direction): readonly GraphRule[] | undefined => {
      const subjects = bound[direction].get(policy) ?? [];
      return rulesOf(policy, direction)?.map((rule, position) =>
        viewRule(rule, position, map.openings(policy, direction)[position] ?? [], direction, {
          map,
          nodesOf,
          subjects,
        }),
      );
    };
    const lines = policy.resource?.annotations[PROVENANCE]?.split('\n') ?? [];
    return {
      ...calledPolicy(policy),
      says: lines.filter((line) => line !== ''),
      rules: { Ingress: rulesFor('Ingress'), Egress: rulesFor('Egress') },
    };
  });
}

function calledPolicy(policy: NetworkPolicy): Pick<GraphPolicy, 'name' | 'place'> {
  const { kind, name, place } = policyWord(policy);
  return { name: kind === 'NetworkPolicy' ? name : `${kind} ${name}`, place };
}

interface Looking {
  readonly map: ReachMap;
  readonly nodesOf: ReadonlyMap<number, readonly number[]>;
  /** The classes that the policy isolates. */
  readonly subjects: readonly number[];
}

const WORDS: Readonly<Record<Action, string>> = { allow: '', deny: ', denied', pass: ', left to the next tier' };

function viewRule(
  rule: Rule,
  position: number,
  openings: readonly Opening[],
  direction: Direction,
  { map, nodesOf, subjects }: Looking,
): GraphRule {
  const peers = [...new Set(openings.flatMap((opening) => opening.peers.classes))];
  const hasNames = rule.ports !== 'all' && rule.ports.some((port) => 'name' in port);
  const at = (destination: number): PortSet => map.ports.setOf(openings[0]?.portsAt(destination) ?? 0);
  const listeners = direction === 'Ingress' ? subjects : peers;
  const byNode = (): Readonly<Record<number, PortSet>> =>
    Object.fromEntries(listeners.flatMap((one) => (nodesOf.get(one) ?? []).map((node) => [node, at(one)])));
  const { action = 'allow' } = rule;
  return {
    action,
    called: calledRule(rule, direction, position),
    peers: rule.peers === 'all' ? [peerText('all')] : rule.peers.map(peerText),
    written: writtenPortsText(rule.ports) + WORDS[action],
    matches: [...new Set(peers.flatMap((one) => nodesOf.get(one) ?? []))].sort((a, b) => a - b),
    ports: hasNames ? { byNode: byNode() } : at(0),
  };
}

function subjectsOf({ ends }: ReachMap, direction: Direction): ReadonlyMap<NetworkPolicy, readonly number[]> {
  const found = new Map<NetworkPolicy, number[]>();
  for (const [position, { isolatedBy }] of ends[direction].entries()) {
    for (const policy of isolatedBy) found.set(policy, [...(found.get(policy) ?? []), position]);
  }
  return found;
}

/** The policies that isolate some of these, each once and by name. */
export function policiesOf(
  isolations: readonly Readonly<Record<Direction, readonly NetworkPolicy[]>>[],
): readonly NetworkPolicy[] {
  const found = new Set(isolations.flatMap((one) => DIRECTIONS.flatMap((direction) => one[direction])));
  const keyOf = ({ namespace, name }: NetworkPolicy): string => `${namespace}/${name}`;
  return [...found].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}
