import { covers, isEmpty, portSet, subtract, unionAll } from '../../src/policy/port-set.ts';
import type { Edges, Outside } from './edges.ts';
import { selectorsOf } from './outside-peer.ts';
import { printPorts } from './port-list.ts';

/** Which rows of a table are name resolution, and what the config says of it. */
export interface DnsFacts {
  /** The config's `dns`; undefined where the table has none of its own. */
  readonly config: { readonly peers: readonly object[] } | undefined;
  /** Whether the config's `dns` says this row already. */
  isInConfig(row: Outside): boolean;
  /** Whether a workload must refuse the name resolution that it would get. */
  isNone(workload: string): boolean;
}

const DNS_PORTS = portSet(
  [53, 5353].flatMap((port) => [
    { protocol: 'TCP', port, endPort: port },
    { protocol: 'UDP', port, endPort: port },
  ]),
);
const USUAL = portSet([
  { protocol: 'TCP', port: 53, endPort: 53 },
  { protocol: 'UDP', port: 53, endPort: 53 },
]);

/** The rows that most workloads have alike are the config's `dns`. */
export function readDns(edges: Edges): DnsFacts {
  const rows = edges.outside.filter(isDns);
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  const usual = rows.find((row) => keyOf(row) === most);
  const ports = usual === undefined ? USUAL : usual.allowed;
  const has = (row: Outside): boolean => keyOf(row) === most && isDns(row);
  return {
    config: usual === undefined ? undefined : { peers: [toPeer(usual)] },
    isInConfig: has,
    isNone: (workload) => {
      const own = edges.outside.filter((row) => row.workload === workload && row.direction === 'Egress');
      const isClosed = edges.isolation.get(workload)?.Egress === true;
      const open = unionAll([
        portSet([]),
        ...own.filter(({ peer }) => peer.kind === 'any').map(({ allowed }) => allowed),
      ]);
      return isClosed && edges.saysOutside && !own.some(has) && !covers(open, ports);
    },
  };
}

function isDns(row: Outside): boolean {
  return (
    row.direction === 'Egress' &&
    row.peer.kind === 'pods' &&
    row.allowed !== 'all' &&
    isEmpty(subtract(row.allowed, DNS_PORTS))
  );
}

function keyOf(row: Outside): string {
  return JSON.stringify([row.peer, row.allowed]);
}

function toPeer(row: Outside): object {
  if (row.peer.kind !== 'pods') throw new Error('Name resolution is a peer that is pods');
  return { ...selectorsOf(row.peer), ports: printPorts(row.allowed).split('+') };
}
