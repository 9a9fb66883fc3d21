import type { PortRange, PortSet, Protocol } from '../../src/model/port.ts';
import { portSet } from '../../src/policy/port-set.ts';

/** Reads `ALL`, `-` or `TCP/80,UDP/53,TCP/4317-4318`. A range that ends before it starts holds no port. */
export function readPorts(text: string | undefined): PortSet {
  if (text === 'ALL') return 'all';
  if (text === undefined || text === '-' || text === '?') return [];
  return portSet(
    text
      .split(',')
      .map(readRange)
      .filter((range) => range.port <= range.endPort),
  );
}

/** The ports as a list of Postern says them after a colon: `80+443+53/udp`, `*`. */
export function printPorts(ports: PortSet): string {
  return ports === 'all' ? '*' : ports.map(printRange).join('+');
}

/** A port of a set: `TCP/80`. */
export function portKey(port: { readonly protocol: Protocol; readonly port: number }): string {
  return `${port.protocol}/${port.port}`;
}

function readRange(text: string): PortRange {
  const [, protocol, port, endPort] = /^(TCP|UDP|SCTP)\/(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (protocol === undefined) throw new Error(`edges.txt has the unknown port ${text}`);
  return { protocol: protocol as Protocol, port: Number(port), endPort: Number(endPort ?? port) };
}

function printRange(range: PortRange): string {
  const numbers = range.port === range.endPort ? `${range.port}` : `${range.port}-${range.endPort}`;
  return range.protocol === 'TCP' ? numbers : `${numbers}/${range.protocol.toLowerCase()}`;
}
