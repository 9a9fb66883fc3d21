import type { Rule } from '../model/network-policy.ts';
import type { ContainerPort, PortMatch, PortRange, PortSet } from '../model/port.ts';
import { portSet } from './port-set.ts';

/**
 * The ports of the destination that a rule names, in either direction. A name is looked up in what the destination
 * declares, of the same protocol; where it is not found, as behind an address, it is no port at all.
 */
export function portsOfRule({ ports }: Pick<Rule, 'ports'>, declared: readonly ContainerPort[]): PortSet {
  return ports === 'all' ? 'all' : portSet(ports.flatMap((match) => resolve(match, declared)));
}

function resolve(match: PortMatch, declared: readonly ContainerPort[]): readonly PortRange[] {
  if (!('name' in match)) return [match];
  return declared
    .filter(({ name, protocol }) => name === match.name && protocol === match.protocol)
    .map(({ protocol, port }) => ({ protocol, port, endPort: port }));
}
