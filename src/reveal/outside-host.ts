import type { Address } from './address.ts';
import { ports } from './outsiders.ts';
import type { Outsider } from './revealed.ts';

const SCHEME_PORTS: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['ws', 80],
  ['https', 443],
  ['wss', 443],
  ['postgres', 5432],
  ['postgresql', 5432],
  ['mysql', 3306],
  ['mariadb', 3306],
  ['sqlserver', 1433],
  ['mongodb', 27017],
  ['redis', 6379],
  ['rediss', 6379],
  ['amqp', 5672],
  ['amqps', 5671],
  ['nats', 4222],
  ['kafka', 9092],
  ['ldap', 389],
  ['ldaps', 636],
  ['smtp', 25],
  ['smtps', 465],
  ['ssh', 22],
  ['ftp', 21],
]);

const WEB: ReadonlySet<number> = new Set([80, 443]);

/** The port that a scheme means where a URL has none. */
export function portOfScheme(scheme: string | undefined): number | undefined {
  return scheme === undefined ? undefined : SCHEME_PORTS.get(scheme);
}

/**
 * A host outside the cluster, as a list can say it: `internet` for the web, its address where it is one, and `anywhere`
 * on its port for the rest, since a database of a cloud mostly has a private address.
 */
export function outsideHost({ host, port: written, scheme }: Address): Outsider {
  const port = written ?? portOfScheme(scheme);
  const wanted = port === undefined ? undefined : ports(port);
  if (/^[0-9.]+$/.test(host))
    return { kind: 'outsider', name: host, peer: `${host}/32`, ports: wanted, advice: undefined };
  const isPrivate = /\.(?:internal|local|lan|corp|home|intranet)$/.test(host);
  const isWeb = port !== undefined && WEB.has(port) && !isPrivate;
  const advice = isWeb
    ? 'if it has a private address, write that'
    : `wider than it need be: write its addresses, as in 10.1.2.0/24${port === undefined ? '' : `:${port}`}`;
  return { kind: 'outsider', name: host, peer: isWeb ? 'internet' : 'anywhere', ports: wanted, advice };
}
