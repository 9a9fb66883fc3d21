import type { Direction } from '../../model/direction.ts';
import type { Action, Rule } from '../../model/network-policy.ts';
import { type Fields, mapping, oneOf, strings } from '../fields.ts';
import { entries, isPresent } from '../network-policy-rule.ts';
import { unread, warnUnknownFields } from '../unread.ts';
import { namesEnd, readPeers } from './peers.ts';
import { readPorts, readProtocols } from './ports.ts';

const ACTIONS: Readonly<Record<string, Action>> = { Allow: 'allow', Deny: 'deny', Pass: 'pass' };

const KNOWN: readonly string[] = [
  'action',
  'protocol',
  'notProtocol',
  'source',
  'destination',
  'http',
  'icmp',
  'notICMP',
  'ipVersion',
  'metadata',
];

/** The rules of one direction, in their order. A rule that only logs decides nothing. */
export function readRules(spec: Fields, direction: Direction, own: string | undefined): readonly Rule[] {
  return entries(spec, direction.toLowerCase()).flatMap((rule) => readRule(rule, direction, own));
}

function readRule(fields: Fields, direction: Direction, own: string | undefined): readonly Rule[] {
  const written = oneOf(fields, 'action', ['Allow', 'Deny', 'Pass', 'Log']);
  const action = ACTIONS[written ?? ''];
  if (action === undefined) return [];
  const [source, destination] = [mapping(fields, 'source'), mapping(fields, 'destination')];
  const [peer, subject] = direction === 'Ingress' ? [source, destination] : [destination, source];
  const isUnderstood = warnUnread(fields, action, { source, subject });
  if (!isUnderstood && action !== 'deny') return [];
  const only = requests(fields);
  return [
    {
      peers: peer === undefined ? 'all' : readPeers(peer, own, action),
      ports: readPorts(destination, readProtocols(fields)),
      path: fields.path,
      ...(action === 'allow' ? {} : { action }),
      ...(only.length === 0 ? {} : { only }),
    },
  ];
}

/** Whether the rule is read as it is written: what is not understood allows nothing, and is denied as a whole. */
function warnUnread(
  fields: Fields,
  action: Action,
  { source, subject }: { readonly source: Fields | undefined; readonly subject: Fields | undefined },
): boolean {
  const how = action === 'deny' ? 'the rule is read without it' : 'the rule is read as matching nothing';
  const isKnown = !warnUnknownFields(fields, KNOWN, how);
  const ports = ['ports', 'notPorts'].find((key) => source !== undefined && isPresent(source, key));
  if (source !== undefined && ports !== undefined) unread(source, ports, `names ports of the source: ${how}`);
  const narrows = subject !== undefined && namesEnd(subject);
  if (narrows) unread(subject, undefined, `names some of the pods of the policy: ${how}`);
  const hasVersion = isPresent(fields, 'ipVersion');
  if (hasVersion) unread(fields, 'ipVersion', `is not compared: ${how}`);
  return isKnown && ports === undefined && !narrows && !hasVersion;
}

function requests(fields: Fields): readonly string[] {
  const http = mapping(fields, 'http');
  if (http === undefined) return [];
  const methods = strings(http, 'methods');
  const paths = entries(http, 'paths').map(({ value }) => String(value['exact'] ?? `${value['prefix'] ?? ''}*`));
  return [`${methods.join(', ') || 'any method'} ${paths.join(', ') || 'any path'}`];
}
