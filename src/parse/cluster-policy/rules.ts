import type { Direction } from '../../model/direction.ts';
import type { Action, IpBlockPeer, Peer, Rule } from '../../model/network-policy.ts';
import { type PortMatch, PROTOCOLS, type Protocol } from '../../model/port.ts';
import { parseIpRange } from '../../policy/ip-range.ts';
import { mayHoldPods } from '../../policy/pod-ranges.ts';
import { type Fields, list, mapping, oneOf, portNumber, string, strings } from '../fields.ts';
import { entries, isPresent } from '../network-policy-rule.ts';
import { refused, unread } from '../unread.ts';
import { readPods } from './pods.ts';

const ACTIONS: Readonly<Record<string, Action>> = { Accept: 'allow', Deny: 'deny', Pass: 'pass' };

/** The rules of one direction, in their order. */
export function readRules(spec: Fields, direction: Direction): readonly Rule[] {
  return entries(spec, direction.toLowerCase()).flatMap((rule) =>
    readRule(rule, direction === 'Ingress' ? 'from' : 'to'),
  );
}

function readRule(fields: Fields, side: 'from' | 'to'): readonly Rule[] {
  const action = ACTIONS[oneOf(fields, 'action', ['Accept', 'Deny', 'Pass']) ?? ''];
  if (action === undefined) return [];
  return [
    {
      peers: entries(fields, side).flatMap((peer) => readPeer(peer, action)),
      ports: list(fields, 'protocols').length === 0 ? 'all' : entries(fields, 'protocols').flatMap(readProtocol),
      path: fields.path,
      ...(action === 'allow' ? {} : { action }),
    },
  ];
}

const EVERY_POD: Peer = { kind: 'pods', namespaceSelector: [], podSelector: [] };

/** The addresses of pods are not known: a denial of a range is of every pod, where pods may be in it. */
function readPeer(fields: Fields, action: Action): readonly Peer[] {
  const pods = readPods(fields);
  if (pods !== undefined) return [pods];
  if (isPresent(fields, 'networks')) {
    const blocks = strings(fields, 'networks').flatMap((text, index) => readNetwork(fields, text, index));
    return action === 'deny' && mayHoldPods(blocks) ? [...blocks, EVERY_POD] : blocks;
  }
  if (isPresent(fields, 'domainNames')) {
    return strings(fields, 'domainNames').map((name) => ({ kind: 'host', pattern: name.replace(/^\*\./, '**.') }));
  }
  unread(fields, undefined, 'names neither pods, networks nor hosts: it is read as nobody');
  return [];
}

function readNetwork(fields: Fields, cidr: string, index: number): readonly IpBlockPeer[] {
  if (parseIpRange(cidr) !== undefined) return [{ kind: 'ipBlock', cidr, except: [] }];
  refused(fields, `networks[${index}]`, `must be an address range such as "10.0.0.0/8", got "${cidr}"`);
  return [];
}

/** `{tcp: {destinationPort: {number: 80}}}`, or a name that any protocol may have. */
function readProtocol(fields: Fields): readonly PortMatch[] {
  const name = string(fields, 'destinationNamedPort');
  if (name !== undefined) return PROTOCOLS.map((protocol) => ({ protocol, name }));
  return PROTOCOLS.flatMap((protocol) => {
    const own = mapping(fields, protocol.toLowerCase());
    const port = own && mapping(own, 'destinationPort');
    return port === undefined ? [] : readPort(port, protocol);
  });
}

function readPort(fields: Fields, protocol: Protocol): readonly PortMatch[] {
  const range = mapping(fields, 'range');
  const [first, last] =
    range === undefined ? [portNumber(fields, 'number')] : [portNumber(range, 'start'), portNumber(range, 'end')];
  return first === undefined ? [] : [{ protocol, port: first, endPort: last ?? first }];
}
