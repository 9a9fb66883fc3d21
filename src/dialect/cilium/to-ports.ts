import type { PortMatch } from '../../model/port.ts';
import { isWholeProtocol, singlePorts } from '../single-ports.ts';

/** The most ports that one entry of `toPorts` may hold. */
const MOST_PORTS = 40;

/** Ports as entries of `toPorts`; several entries add up. */
export function toPorts(ports: readonly PortMatch[]): object[] {
  const words = ports.flatMap(singlePorts).map(portOf);
  const count = Math.ceil(words.length / MOST_PORTS);
  return Array.from({ length: count }, (_, index) => ({
    ports: words.slice(index * MOST_PORTS, (index + 1) * MOST_PORTS),
  }));
}

/** Ports are text, and 0 is every port of a protocol. */
function portOf(match: PortMatch): object {
  const { protocol } = match;
  if ('name' in match) return { port: match.name, protocol };
  if (isWholeProtocol(match)) return { port: '0', protocol };
  const { port, endPort } = match;
  return { port: `${port}`, ...(endPort === port ? {} : { endPort }), protocol };
}
