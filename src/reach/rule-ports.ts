import type { Endpoint } from '../model/flow.ts';
import type { Rule } from '../model/network-policy.ts';
import type { PortMatch, PortRange, PortSet } from '../model/port.ts';
import { portSet } from '../policy/port-set.ts';

/**
 * The ports of the destination that a rule names, in either direction. A name is looked up in the destination's
 * container ports of the same protocol; where it is not found, as behind an address, it is no port at all.
 */
export function portsOfRule(rule: Rule, destination: Endpoint): PortSet {
  return rule.ports === 'all' ? 'all' : portSet(rule.ports.flatMap((match) => resolve(match, destination)));
}

function resolve(match: PortMatch, destination: Endpoint): readonly PortRange[] {
  if (!('name' in match)) return [match];
  if (destination.kind !== 'pod') return [];
  return destination.ports
    .filter(({ name, protocol }) => name === match.name && protocol === match.protocol)
    .map(({ protocol, port }) => ({ protocol, port, endPort: port }));
}
