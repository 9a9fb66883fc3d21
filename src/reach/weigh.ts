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
  { none, all, union, intersect, subtract }: PortAlgebra<Ports>,
  note: Note<Rule, Ports> = () => {},
): Ports {
  let open = none;
  let left = all;
  let at = 0;
  for (const [number, { by, closes }] of stages.entries()) {
    let passed = none;
    let undecided = left;
    for (let rule = rules[at]; rule?.stage === number; rule = rules[++at]) {
      const ports = intersect(rule.ports, by === 'first' ? undecided : left);
      note(rule, ports);
      if (rule.action === 'allow') open = union(open, ports);
      else if (rule.action === 'pass') passed = union(passed, ports);
      undecided = subtract(undecided, ports);
    }
    left = closes ? passed : union(passed, undecided);
  }
  return union(open, left);
}
