import type { Action } from '../model/network-policy.ts';
import type { Stage } from './stages.ts';

/** Sets of ports in whatever form: themselves, or their ids in a table. */
export interface PortAlgebra<Ports> {
  readonly none: Ports;
  readonly all: Ports;
  readonly union: (a: Ports, b: Ports) => Ports;
  readonly intersect: (a: Ports, b: Ports) => Ports;
  readonly subtract: (a: Ports, b: Ports) => Ports;
}

/** A rule that has the other end among its peers. */
export interface Matched<Ports> {
  readonly stage: number;
  readonly action: Action;
  readonly ports: Ports;
}

/** Which ports a rule decides: those that no rule or stage before it has decided. */
export type Note<Rule, Ports> = (rule: Rule, decides: Ports) => void;

/**
 * The ports that pass by the stages of one layer. `rules` are those that match, in the order in which they are asked.
 */
export function weigh<Ports, Rule extends Matched<Ports>>(
  stages: readonly Pick<Stage, 'by' | 'closes'>[],
  rules: readonly Rule[],
  algebra: PortAlgebra<Ports>,
  note: Note<Rule, Ports> = () => {},
): Ports {
  const { none, all, union, subtract } = algebra;
  let open = none;
  let left = all;
  let at = 0;
  for (const [number, { by, closes }] of stages.entries()) {
    const first = at;
    while (rules[at]?.stage === number) at++;
    const decided = weighStage(by, rules.slice(first, at), left, algebra, (rule, ports) =>
      note(rule, subtract(ports, open)),
    );
    open = union(open, decided.allow);
    left = closes ? decided.pass : subtract(left, decided.deny);
  }
  return union(open, left);
}

/** What the rules of one stage decide of the ports that are left, by action. */
function weighStage<Ports, Rule extends Matched<Ports>>(
  by: Stage['by'],
  rules: readonly Rule[],
  left: Ports,
  { none, union, intersect, subtract }: PortAlgebra<Ports>,
  note: Note<Rule, Ports>,
): Readonly<Record<Action, Ports>> {
  const decided: Record<Action, Ports> = { allow: none, deny: none, pass: none };
  for (const rule of rules) {
    const asked = intersect(rule.ports, left);
    const fresh = by === 'first' ? subtract(subtract(asked, decided.deny), decided.pass) : asked;
    note(rule, by === 'first' ? subtract(fresh, decided.allow) : fresh);
    // Only a denial minds what is allowed before it: "all" without some ports would be without traffic that has none.
    const ports = rule.action === 'deny' ? subtract(fresh, decided.allow) : fresh;
    decided[rule.action] = union(decided[rule.action], ports);
  }
  return decided;
}
