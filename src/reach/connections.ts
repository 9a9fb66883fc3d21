import type { Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { PortSet } from '../model/port.ts';
import { intersect } from '../policy/port-set.ts';
import type { PolicyIndex } from './index-policies.ts';
import { matchingRules } from './matching-rules.ts';

/** Every port on which a source reaches a destination: what `judge` would allow, without trying each. */
export function allowedPorts(index: PolicyIndex, source: Endpoint, destination: Endpoint): PortSet {
  const atSource = allowedPortsAtEnd(index, 'Egress', source, destination);
  return intersect(atSource, allowedPortsAtEnd(index, 'Ingress', source, destination));
}

/** The ports that one end lets pass: for Ingress the destination, for Egress the source. */
export function allowedPortsAtEnd(
  index: PolicyIndex,
  direction: Direction,
  source: Endpoint,
  destination: Endpoint,
): PortSet {
  return matchingRules(index, direction, source, destination).open;
}
