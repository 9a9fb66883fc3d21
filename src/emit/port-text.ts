import type { PortRange, PortSet } from '../model/port.ts';

/** Each part of a set of ports as the lists write it: `5432`, `8000-8100`, `53/udp`, `*` for all ports. */
export function portWords(ports: PortSet): readonly string[] {
  if (ports === 'all') return ['*'];
  return ports.map((range) => {
    const numbers = numbersOf(range);
    return range.protocol === 'TCP' && numbers !== '*' ? numbers : `${numbers}/${range.protocol.toLowerCase()}`;
  });
}

/** The same with every protocol written, for programs. */
export function fullPortWords(ports: PortSet): readonly string[] {
  if (ports === 'all') return ['*'];
  return ports.map((range) => `${numbersOf(range)}/${range.protocol.toLowerCase()}`);
}

/** A set of ports for people: `all`, `5432, 53/udp`. */
export function portText(ports: PortSet): string {
  return ports === 'all' ? 'all' : portWords(ports).join(', ');
}

function numbersOf({ port, endPort }: PortRange): string {
  if (port === 1 && endPort === 65535) return '*';
  return port === endPort ? `${port}` : `${port}-${endPort}`;
}
