import { defaultPorts, frontOf } from '../infer/target-ports.ts';
import type { End } from '../model/end.ts';
import type { PortRange, PortSet } from '../model/port.ts';
import type { Observed } from '../observe.ts';
import { portSet, unionAll } from '../policy/port-set.ts';

/** Neighbouring ports are one range in a set; of a longer one only so many are tried. */
const MOST_OF_RANGE = 8;

/** What is likely to listen at an end: the ports that it declares, else those that policies name one by one. */
export function portsToTry(
  { workloads }: End,
  openPorts: readonly PortSet[],
  { cluster }: Observed,
): readonly PortRange[] {
  const declared = workloads.flatMap((workload) => [
    defaultPorts(frontOf(workload, undefined, cluster)),
    portSet(workload.ports.map(({ protocol, port }) => ({ protocol, port, endPort: port }))),
  ]);
  const known = onePorts(unionAll(declared));
  return known.length > 0 ? known : openPorts.flatMap(onlySinglePorts);
}

/** The ports of a set one by one; none of `all`, and only the first ones of a long range. */
export function onePorts(ports: PortSet): readonly PortRange[] {
  if (ports === 'all') return [];
  return ports.flatMap(({ protocol, port, endPort }) =>
    Array.from({ length: Math.min(endPort - port + 1, MOST_OF_RANGE) }, (_, at) => ({
      protocol,
      port: port + at,
      endPort: port + at,
    })),
  );
}

function onlySinglePorts(ports: PortSet): readonly PortRange[] {
  return ports === 'all' ? [] : ports.filter(({ port, endPort }) => port === endPort);
}

/** Names are asked for over UDP, and a server answers; of other servers nobody knows what they answer to. */
const DNS = 53;

export const NO_ANSWER: string = 'nobody knows what would answer there; only TCP is tried, and names over 53/udp';

/** Whether something that listens on a port can be told from what does not. */
export function canTry({ protocol, port }: PortRange): boolean {
  return protocol === 'TCP' || (protocol === 'UDP' && port === DNS);
}
