import type { Direction } from '../model/direction.ts';
import type { GraphNode, GraphPolicy, GraphRule, GraphView } from '../model/graph-view.ts';
import type { PortSet } from '../model/port.ts';
import { intersect, isEmpty } from '../policy/port-set.ts';

/** What one end of an open connection says. */
export interface EndWords {
  readonly direction: Direction;
  readonly node: GraphNode;
  /** Why nothing binds it; undefined where policies do. */
  readonly free: string | undefined;
  readonly isolatedBy: readonly GraphPolicy[];
  /** The rules that allow it. */
  readonly rules: readonly RuleWords[];
}

export interface RuleWords {
  readonly policy: GraphPolicy;
  readonly rule: GraphRule;
  /** The declarations that speak of the other end. */
  readonly origins: readonly string[];
}

/** Which policies and rules let a source reach a destination on these ports, first at the source. */
export function whyOpen(view: GraphView, from: number, to: number, ports: PortSet): readonly EndWords[] {
  return (['Egress', 'Ingress'] as const).flatMap((direction) => {
    const [own, other] = direction === 'Egress' ? [from, to] : [to, from];
    const [node, peer] = [view.nodes[own], view.nodes[other]];
    if (node === undefined || peer === undefined) return [];
    const isolatedBy = node.bound[direction].flatMap((at) => view.policies[at] ?? []);
    const rules = isolatedBy.flatMap((policy) =>
      (policy.rules[direction] ?? []).flatMap((rule): readonly RuleWords[] =>
        rule.action === 'allow' && rule.matches.includes(other) && !isEmpty(intersect(portsAt(rule, to), ports))
          ? [{ policy, rule, origins: originsOf(policy, peer) }]
          : [],
      ),
    );
    return [{ direction, node, free: freedomOf(node, direction), isolatedBy, rules }];
  });
}

/** The ports that a rule means at a destination. */
export function portsAt({ ports }: GraphRule, destination: number): PortSet {
  return typeof ports === 'object' && 'byNode' in ports ? (ports.byNode[destination] ?? []) : ports;
}

function freedomOf({ kind, bound }: GraphNode, direction: Direction): string | undefined {
  if (kind === 'addresses' || kind === 'named') return 'policies bind pods only';
  if (kind === 'host') return 'no policy binds pods on the network of their node';
  return bound[direction].length === 0 ? `no policy isolates it for ${direction.toLowerCase()}` : undefined;
}

/** Few declarations are told as they are. */
const FEW = 2;

function originsOf({ says }: GraphPolicy, { calls }: GraphNode): readonly string[] {
  const speaking = says.filter((line) => calls.some((name) => line.split(/[\s/:,]+/).includes(name)));
  return speaking.length > 0 ? speaking : says.length <= FEW ? says : [];
}
