import type { Requests } from '../../model/network-policy.ts';
import type { PortMatch } from '../../model/port.ts';
import { isWholeProtocol, singlePorts } from '../single-ports.ts';

/** The most ports that one entry of `toPorts` may hold. */
const MOST_PORTS = 40;

/** Ports as entries of `toPorts`; several entries add up. */
export function toPorts(ports: readonly PortMatch[], requests: Requests | undefined): object[] {
  const words = ports.flatMap(singlePorts).map(portOf);
  const count = Math.ceil(words.length / MOST_PORTS);
  return Array.from({ length: count }, (_, index) => ({
    ports: words.slice(index * MOST_PORTS, (index + 1) * MOST_PORTS),
    ...(requests === undefined ? {} : { rules: rulesFor(requests) }),
  }));
}

function rulesFor(requests: Requests): object {
  if (requests.kind === 'look-ups') return { dns: [{ matchPattern: '*' }] };
  return { http: requests.requests.map(({ method, path }) => ({ ...(method && { method }), ...(path && { path }) })) };
}

/** Ports are text, and 0 is every port of a protocol. */
function portOf(match: PortMatch): object {
  const { protocol } = match;
  if ('name' in match) return { port: match.name, protocol };
  if (isWholeProtocol(match)) return { port: '0', protocol };
  const { port, endPort } = match;
  return { port: `${port}`, ...(endPort === port ? {} : { endPort }), protocol };
}
