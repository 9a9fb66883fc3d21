import { ENTITIES } from '../../model/entities.ts';
import type { Action, EntityPeer, HostPeer, IpBlockPeer, Peer, ServicePeer } from '../../model/network-policy.ts';
import { containsRange, parseIpRange } from '../../policy/ip-range.ts';
import { type Fields, list, mapping, string, strings } from '../fields.ts';
import { entries, isPresent } from '../network-policy-rule.ts';
import { refused, unread } from '../unread.ts';
import { type EndpointSelector, readEndpointSelector, whyUnknown } from './endpoint-selector.ts';

/** What a rule is read for. */
export interface RuleScope {
  readonly side: 'from' | 'to';
  /** That of the policy; undefined for a clusterwide one. */
  readonly namespace: string | undefined;
  readonly action: Action;
}

/** What a rule says of its other end; undefined: nothing at all. */
export type WrittenPeers = 'all' | readonly Peer[] | undefined;

type ReadPeers = (fields: Fields, key: string, scope: RuleScope) => 'all' | readonly Peer[];

/** The lists of peers, by what follows `from` or `to`. */
const LISTS: Readonly<Record<string, ReadPeers>> = {
  Endpoints: (fields, key, scope) => entries(fields, key).flatMap((entry) => readEndpoint(entry, scope)),
  Entities: readEntities,
  CIDR: (fields, key) => strings(fields, key).flatMap((text, index) => readCidr(fields, `${key}[${index}]`, text)),
  CIDRSet: (fields, key) => entries(fields, key).flatMap(readCidrRule),
  FQDNs: (fields, key) => entries(fields, key).flatMap(readHost),
  Services: (fields, key, scope) => entries(fields, key).flatMap((entry) => readService(entry, scope)),
  Nodes: notKnown('nodes by their labels, of which these resources say nothing'),
  Groups: notKnown("a cloud's groups, of which these resources say nothing"),
};

/** The keys of a rule that hold peers. */
export function peerKeys(side: RuleScope['side']): readonly string[] {
  return Object.keys(LISTS).map((name) => side + name);
}

/** Reads the peers of one rule: lists of one kind only, since Cilium refuses more. */
export function readPeers(fields: Fields, scope: RuleScope): WrittenPeers {
  const present = peerKeys(scope.side).filter((key) => isPresent(fields, key));
  const filled = present.filter((key) => list(fields, key).length > 0);
  if (filled.length > 1) {
    refused(fields, filled[1], `must not stand beside "${filled[0]}": write two rules`);
    return [];
  }
  const [key] = [...filled, ...present];
  return key === undefined ? undefined : LISTS[key.slice(scope.side.length)]?.(fields, key, scope);
}

/** An endpoint selector in a list is the entry itself. */
function readEndpoint(entry: Fields, scope: RuleScope): readonly Peer[] {
  const selector = readEndpointSelector(entry.as({ '': entry.value }), '');
  if (selector === undefined || !isUnderstood(entry, selector, scope)) return [];
  const { pod, namespace, reserved } = selector;
  const named = reserved.filter(({ operator }) => operator === 'In' || operator === 'Exists');
  if (named.length > 0) {
    return pod.length > 0 || namespace !== undefined
      ? []
      : named.map(({ key }): EntityPeer => ({ kind: 'entity', entity: key }));
  }
  const own = scope.namespace === undefined || reserved.length > 0 ? [] : undefined;
  return [{ kind: 'pods', namespaceSelector: namespace ?? own, podSelector: pod }];
}

/** What is not known must not allow; a denial without it denies more. */
function isUnderstood(entry: Fields, { unknown }: EndpointSelector, { action }: RuleScope): boolean {
  const [first] = unknown;
  if (first === undefined) return true;
  const how = action === 'deny' ? 'the denial is read as if it were absent' : 'this peer is read as nobody';
  unread(entry, undefined, `${whyUnknown(first)}: ${how}`);
  return action === 'deny';
}

/** What Cilium calls ends by; `world-ipv4` and `world-ipv6` are ranges. */
const WORDS: ReadonlySet<string> = new Set(['all', ...ENTITIES, 'none', 'world-ipv4', 'world-ipv6']);

function readEntities(fields: Fields, key: string): 'all' | readonly Peer[] {
  const words = strings(fields, key).filter((word, index) => {
    if (WORDS.has(word)) return true;
    refused(fields, `${key}[${index}]`, `must be one of ${[...WORDS].join(', ')}, got "${word}"`);
    return false;
  });
  if (words.includes('all')) return 'all';
  return words.map((entity) => {
    if (entity === 'world-ipv4') return block('0.0.0.0/0');
    return entity === 'world-ipv6' ? block('::/0') : { kind: 'entity', entity };
  });
}

function block(cidr: string, except: readonly string[] = []): IpBlockPeer {
  return { kind: 'ipBlock', cidr, except };
}

/** Cilium takes an address without a length too. */
function readCidr(fields: Fields, key: string, text: string): readonly IpBlockPeer[] {
  const cidr = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  if (parseIpRange(cidr) !== undefined) return [block(cidr)];
  refused(fields, key, `must be an address range such as "10.0.0.0/8", got "${text}"`);
  return [];
}

function readCidrRule(fields: Fields): readonly IpBlockPeer[] {
  const key = ['cidrGroupRef', 'cidrGroupSelector'].find((name) => isPresent(fields, name));
  if (key !== undefined) {
    unread(fields, key, 'names ranges that stand elsewhere: it is read as matching nothing');
    return [];
  }
  const [read] = readCidr(fields, 'cidr', string(fields, 'cidr') ?? '');
  const except = strings(fields, 'except');
  const outer = read && parseIpRange(read.cidr);
  if (read === undefined || outer === undefined) return [];
  const wrong = except.find((text) => {
    const inner = parseIpRange(text);
    return inner === undefined || !containsRange(outer, inner);
  });
  if (wrong === undefined) return [block(read.cidr, except)];
  refused(fields, 'except', `must be ranges inside "${read.cidr}", got "${wrong}"`);
  return [];
}

function readHost(fields: Fields): readonly HostPeer[] {
  const pattern = string(fields, 'matchName') ?? string(fields, 'matchPattern');
  return pattern === undefined ? [] : [{ kind: 'host', pattern: pattern.toLowerCase().replace(/\.$/, '') }];
}

function readService(fields: Fields, { namespace }: RuleScope): readonly ServicePeer[] {
  const service = mapping(fields, 'k8sService');
  const name = service && string(service, 'serviceName');
  if (service === undefined || !name) {
    unread(fields, undefined, 'selects Services by their labels: it is read as matching nothing');
    return [];
  }
  return [{ kind: 'service', namespace: string(service, 'namespace') ?? namespace ?? '', name }];
}

function notKnown(what: string): ReadPeers {
  return (fields, key) => {
    unread(fields, key, `names ${what}: it is read as matching nothing`);
    return [];
  };
}
