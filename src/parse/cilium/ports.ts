import type { Rule } from '../../model/network-policy.ts';
import { type PortMatch, PROTOCOLS, type Protocol } from '../../model/port.ts';
import { type Fields, list, mapping, oneOf, portNumber, string, stringMap, strings } from '../fields.ts';
import { entries } from '../network-policy-rule.ts';
import { refused } from '../unread.ts';

/** Ports of one entry of `toPorts`, and what passes inside its connections. */
export type PortsRead = Pick<Rule, 'ports' | 'only' | 'requests'>;

/** Reads `toPorts`: entries that let everything inside pass are one. */
export function readToPorts(fields: Fields): readonly PortsRead[] {
  const read = entries(fields, 'toPorts').map((entry) => ({
    ports: entries(entry, 'ports').flatMap(readPort),
    only: [...onlyRequests(entry), ...onlyNames(entry)],
    ...(list(mapping(entry, 'rules') ?? entry, 'dns').length > 0 ? { requests: { kind: 'look-ups' as const } } : {}),
  }));
  const plain = read.filter((one) => one.only.length === 0 && one.requests === undefined).flatMap(({ ports }) => ports);
  const others = read.filter((one) => one.only.length > 0 || one.requests !== undefined);
  return plain.length > 0 || others.length === 0 ? [{ ports: plain }, ...others] : others;
}

/** `0` is every port; a text that is no number is a name. */
function readPort(fields: Fields): readonly PortMatch[] {
  const word = string(fields, 'port');
  const endPort = portNumber(fields, 'endPort');
  const protocols = readProtocols(fields);
  if (word === undefined) {
    if (fields.value['port'] == null) refused(fields, 'port', 'must be a port, as a string');
    return [];
  }
  if (!/^[0-9]+$/.test(word)) return protocols.map((protocol) => ({ protocol, name: word.toLowerCase() }));
  const port = Number(word);
  if (port > 65535) {
    refused(fields, 'port', `must be a port number up to 65535, got "${word}"`);
    return [];
  }
  const [first, last] = port === 0 ? [1, 65535] : [port, Math.max(endPort ?? port, port)];
  return protocols.map((protocol) => ({ protocol, port: first, endPort: last }));
}

const WORDS = [...PROTOCOLS, 'ANY', 'ICMP', 'ICMPv6', 'ICMPV6', 'VRRP', 'IGMP'] as const;

/** Absent is ANY. What has no ports opens none. */
function readProtocols(fields: Fields): readonly Protocol[] {
  const word = fields.value['protocol'];
  const upper = typeof word === 'string' ? fields.as({ protocol: word.toUpperCase() }) : fields;
  const protocol = word === '' ? 'ANY' : (oneOf(upper, 'protocol', WORDS) ?? (word == null ? 'ANY' : undefined));
  return protocol === 'ANY' ? PROTOCOLS : PROTOCOLS.filter((known) => known === protocol);
}

/** `GET /api/.*`; an empty rule lets every request pass. */
function onlyRequests(entry: Fields): readonly string[] {
  const rules = mapping(entry, 'rules');
  if (rules === undefined) return [];
  const http = entries(rules, 'http').map(requestText);
  const dns = entries(rules, 'dns').map((rule) => string(rule, 'matchName') ?? string(rule, 'matchPattern') ?? '*');
  return [
    ...(http.includes('') ? [] : http),
    ...(dns.length === 0 || dns.includes('*') ? [] : [`DNS questions for ${dns.join(', ')}`]),
  ];
}

function requestText(rule: Fields): string {
  const [method, path, host] = [string(rule, 'method'), string(rule, 'path'), string(rule, 'host')];
  const headers = [
    ...strings(rule, 'headers'),
    ...entries(rule, 'headerMatches').map((match) =>
      Object.values(stringMap(match.as({ match: match.value }), 'match')).join(' '),
    ),
  ];
  return [
    ...(method === undefined && path === undefined ? [] : [`${method ?? 'any method'} ${path ?? 'any path'}`]),
    ...(host === undefined ? [] : [`host ${host}`]),
    ...headers.map((header) => `header ${header}`),
  ].join(', ');
}

function onlyNames(entry: Fields): readonly string[] {
  const names = strings(entry, 'serverNames');
  return names.length === 0 ? [] : [`TLS for ${names.join(', ')}`];
}
