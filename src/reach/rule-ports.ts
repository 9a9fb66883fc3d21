import type { Endpoint } from '../model/flow.ts';
import type { Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import { portsOfRule } from '../policy/ports-of-rule.ts';

/** The ports of the destination that a rule names, in either direction. Only pods declare ports. */
export function portsAt(rule: Pick<Rule, 'ports'>, destination: Endpoint): PortSet {
  return portsOfRule(rule, destination.kind === 'pod' ? destination.ports : []);
}
