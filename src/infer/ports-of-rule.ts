import type { Rule } from '../model/network-policy.ts';
import type { PortSet } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';

/** The ports that a rule opens on a workload's pods. */
export function portsOfRule({ ports }: Rule, workload: Workload): PortSet {
  if (ports === 'all') return 'all';
  return ports.flatMap((match) =>
    'name' in match
      ? workload.ports
          .filter(({ name, protocol }) => name === match.name && protocol === match.protocol)
          .map(({ protocol, port }) => ({ protocol, port, endPort: port }))
      : [match],
  );
}
