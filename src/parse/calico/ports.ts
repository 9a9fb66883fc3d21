import { type PortMatch, type PortRange, PROTOCOLS, type Protocol } from '../../model/port.ts';
import { portSet, subtract } from '../../policy/port-set.ts';
import { type Fields, list, pathOf, wrongType } from '../fields.ts';
import { isPresent } from '../network-policy-rule.ts';

/** Protocols by the numbers that may stand for them. */
const NUMBERS: Readonly<Record<string, Protocol>> = { '6': 'TCP', '17': 'UDP', '132': 'SCTP' };

/** The protocols of a rule that have ports; none of ICMP and the like. `all`: it names none. */
export function readProtocols(rule: Fields): 'all' | readonly Protocol[] {
  if (isPresent(rule, 'protocol')) return known(rule.value['protocol']);
  if (!isPresent(rule, 'notProtocol')) return 'all';
  const without = known(rule.value['notProtocol']);
  return PROTOCOLS.filter((protocol) => !without.includes(protocol));
}

function known(word: unknown): readonly Protocol[] {
  const text = String(word).toUpperCase();
  const protocol = NUMBERS[text] ?? PROTOCOLS.find((one) => one === text);
  return protocol === undefined ? [] : [protocol];
}

/** The ports of the destination: numbers, `first:last`, names; `notPorts` are all others. */
export function readPorts(
  entity: Fields | undefined,
  protocols: 'all' | readonly Protocol[],
): 'all' | readonly PortMatch[] {
  const some = protocols === 'all' ? PROTOCOLS : protocols;
  const ports = entity === undefined ? [] : list(entity, 'ports');
  const others = entity === undefined ? [] : list(entity, 'notPorts');
  if (entity === undefined || (ports.length === 0 && others.length === 0)) {
    return protocols === 'all' ? 'all' : protocols.map(everyPort);
  }
  const written = ports.flatMap((port, index) => readPort(entity, `ports[${index}]`, port, some));
  const meant = ports.length === 0 ? some.map(everyPort) : written;
  if (others.length === 0) return meant;
  const holes = others.flatMap((port, index) => readPort(entity, `notPorts[${index}]`, port, some));
  return [
    ...meant.filter(isNamed),
    ...rangesOf(subtract(portSet(meant.filter(isRange)), portSet(holes.filter(isRange)))),
  ];
}

function readPort(entity: Fields, key: string, port: unknown, protocols: readonly Protocol[]): readonly PortMatch[] {
  const text = String(port);
  const [, first = '', last = first] = /^([0-9]{1,5})(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  if (first === '') {
    if (typeof port === 'string' && port !== '') return protocols.map((protocol) => ({ protocol, name: port }));
    wrongType(entity, pathOf(entity, key), 'a port, a range such as "8000:8100" or a name', port);
    return [];
  }
  const [from, to] = [Math.max(1, Number(first)), Math.min(65535, Number(last))];
  return from > to ? [] : protocols.map((protocol) => ({ protocol, port: from, endPort: to }));
}

function everyPort(protocol: Protocol): PortRange {
  return { protocol, port: 1, endPort: 65535 };
}

function isRange(match: PortMatch): match is PortRange {
  return !('name' in match);
}

function isNamed(match: PortMatch): boolean {
  return 'name' in match;
}

function rangesOf(ports: ReturnType<typeof subtract>): readonly PortRange[] {
  return ports === 'all' ? [] : ports;
}
