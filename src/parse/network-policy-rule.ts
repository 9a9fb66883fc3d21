import type { IpBlockPeer, Peer, Rule } from '../model/network-policy.ts';
import { type PortMatch, PROTOCOLS } from '../model/port.ts';
import { containsRange, parseIpRange } from '../policy/ip-range.ts';
import {
  type Fields,
  list,
  mapping,
  mappings,
  oneOf,
  pathOf,
  portNumber,
  portOrName,
  string,
  strings,
} from './fields.ts';
import { readLabelSelector } from './label-selector.ts';

/** One entry of a policy's `ingress` (peersKey `from`) or `egress` (`to`). */
export function readRule(fields: Fields, peersKey: 'from' | 'to'): Rule {
  return {
    peers: isUnrestricted(fields, peersKey) ? 'all' : entries(fields, peersKey).flatMap(readPeer),
    ports: isUnrestricted(fields, 'ports') ? 'all' : entries(fields, 'ports').flatMap(readPort),
  };
}

/** Absent, null or empty. A list whose entries all match nothing is a restriction: it must not become "all". */
function isUnrestricted(fields: Fields, key: string): boolean {
  const value = isPresent(fields, key) ? fields.value[key] : [];
  return Array.isArray(value) && value.length === 0;
}

/** The entries of a list of objects at `key`; the API decodes a null entry as an empty object. */
export function entries(fields: Fields, key: string): readonly Fields[] {
  const objects = list(fields, key).map((entry) => entry ?? {});
  return mappings(fields.as({ [key]: objects }), key);
}

/** Whether a field is there, of whatever type; null is absent. */
export function isPresent(fields: Fields, key: string): boolean {
  return Object.hasOwn(fields.value, key) && fields.value[key] != null;
}

function readPeer(fields: Fields): readonly Peer[] {
  const hasSelector = isPresent(fields, 'podSelector') || isPresent(fields, 'namespaceSelector');
  if (isPresent(fields, 'ipBlock')) {
    const ipBlock = mapping(fields, 'ipBlock');
    if (hasSelector) return invalid(fields, undefined, 'must not have an ipBlock beside selectors: write two peers');
    return ipBlock === undefined ? [] : readIpBlock(ipBlock);
  }
  if (!hasSelector) return invalid(fields, undefined, 'must have a podSelector, a namespaceSelector or an ipBlock');
  const podSelector = readLabelSelector(fields, 'podSelector');
  const namespaceSelector = readLabelSelector(fields, 'namespaceSelector');
  if (podSelector === undefined && isPresent(fields, 'podSelector')) return [];
  if (namespaceSelector === undefined && isPresent(fields, 'namespaceSelector')) return [];
  return [{ kind: 'pods', namespaceSelector, podSelector: podSelector ?? [] }];
}

function readIpBlock(fields: Fields): readonly IpBlockPeer[] {
  const cidr = string(fields, 'cidr');
  const except = strings(fields, 'except');
  const range = cidr === undefined ? undefined : parseIpRange(cidr);
  if (range === undefined) return invalid(fields, 'cidr', `must be an address range such as "10.0.0.0/8"${got(cidr)}`);
  for (const [index, text] of except.entries()) {
    const exception = parseIpRange(text);
    const isInside = exception !== undefined && containsRange(range, exception) && exception.length > range.length;
    if (!isInside) return invalid(fields, `except[${index}]`, `must be a smaller range inside "${cidr}"${got(text)}`);
  }
  return [{ kind: 'ipBlock', cidr: cidr ?? '', except }];
}

function readPort(fields: Fields): readonly PortMatch[] {
  const protocol = isPresent(fields, 'protocol') ? oneOf(fields, 'protocol', PROTOCOLS) : 'TCP';
  const port = portOrName(fields, 'port');
  const endPort = portNumber(fields, 'endPort');
  if (protocol === undefined || isUnread(fields, 'port', port) || isUnread(fields, 'endPort', endPort)) return [];
  if (endPort !== undefined && typeof port !== 'number')
    return invalid(fields, 'endPort', 'must stand beside a port number');
  if (port === undefined) return [{ protocol, port: 1, endPort: 65535 }];
  if (typeof port === 'string') return isPortName(port) ? [{ protocol, name: port }] : invalidPortName(fields, port);
  if (endPort !== undefined && endPort < port) {
    return invalid(
      fields,
      'endPort',
      `must not be smaller than port ${port}, got ${endPort}: no port is in that range`,
    );
  }
  return [{ protocol, port, endPort: endPort ?? port }];
}

/** Whether a field was there but of a wrong type, which is reported already. */
function isUnread(fields: Fields, key: string, value: unknown): boolean {
  return value === undefined && isPresent(fields, key);
}

/** An IANA service name, as the API wants it: up to 15 of a-z, 0-9 and single inner dashes, with a letter. */
function isPortName(name: string): boolean {
  return name.length <= 15 && /[a-z]/.test(name) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

function invalidPortName(fields: Fields, name: string): readonly never[] {
  const hint = /^[0-9]+$/.test(name) ? ` (did you mean the number ${name}, without quotes?)` : '';
  return invalid(fields, 'port', `must be a port number or the name of a port${got(name)}${hint}`);
}

/** Reports what the API's validation would refuse. */
function invalid(fields: Fields, key: string | undefined, message: string): readonly never[] {
  const { place, report } = fields;
  const field = key === undefined ? fields.path : pathOf(fields, key);
  report({
    ...place,
    code: 'invalid-policy',
    severity: 'warning',
    field,
    message: `${message}; it is read as matching nothing`,
  });
  return [];
}

function got(value: string | undefined): string {
  return value === undefined ? '' : `, got "${value}"`;
}
