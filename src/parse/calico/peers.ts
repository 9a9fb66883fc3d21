import type { Action, IpBlockPeer, Peer, PodsPeer } from '../../model/network-policy.ts';
import { containsRange, type IpRange, parseIpRange, printIpRange } from '../../policy/ip-range.ts';
import { mayHoldPods } from '../../policy/pod-ranges.ts';
import { type Fields, mapping, string, strings } from '../fields.ts';
import { isPresent } from '../network-policy-rule.ts';
import { refused, unread } from '../unread.ts';
import { readPods } from './pods.ts';

/** What an entity says of its end, beside ports. */
const KNOWN: readonly string[] = ['selector', 'notSelector', 'namespaceSelector', 'nets', 'notNets', 'services'];

/** Whether an entity says anything of its end. */
export function namesEnd(entity: Fields): boolean {
  return [...KNOWN, 'serviceAccounts'].some((key) => isPresent(entity, key));
}

/**
 * The ends of an entity. What is not known allows nobody, and a denial of it is of everybody: of addresses that pods may
 * have, too.
 */
export function readPeers(entity: Fields, own: string | undefined, action: Action): 'all' | readonly Peer[] {
  if (!namesEnd(entity)) return 'all';
  const notKnown = action === 'deny' ? 'all' : [];
  const how = action === 'deny' ? 'it is read as everybody' : 'it is read as nobody';
  if (isPresent(entity, 'serviceAccounts')) {
    unread(entity, 'serviceAccounts', `names service accounts, which are not compared: ${how}`);
    return notKnown;
  }
  if (isPresent(entity, 'services')) return readService(entity, own);
  const pods = podsOf(entity, own);
  if (typeof pods === 'string') {
    unread(entity, isPresent(entity, 'notSelector') ? 'notSelector' : 'selector', `${pods}: ${how}`);
    return notKnown;
  }
  const blocks = blocksOf(entity);
  const hasNets = isPresent(entity, 'nets') || isPresent(entity, 'notNets');
  const hasPods = isPresent(entity, 'selector') || isPresent(entity, 'namespaceSelector');
  if (!hasNets) return hasPods ? pods : [...pods, ...EVERY_ADDRESS];
  // The addresses of pods are not known: they may be in the ranges.
  const both = hasPods ? [] : blocks;
  return action === 'deny' && mayHoldPods(blocks) ? [...both, ...pods] : both;
}

const EVERY_ADDRESS: readonly IpBlockPeer[] = ['0.0.0.0/0', '::/0'].map((cidr) => ({
  kind: 'ipBlock',
  cidr,
  except: [],
}));

/** The pods of the selectors; every pod where there is none; a text where they are not known. */
function podsOf(entity: Fields, own: string | undefined): readonly PodsPeer[] | string {
  const isNamed = isPresent(entity, 'selector') || isPresent(entity, 'namespaceSelector');
  const place = isNamed ? own : undefined;
  const meant = readPods({ fields: entity, pods: 'selector', namespaces: 'namespaceSelector', own: place });
  if ('why' in meant) return meant.why;
  if (!isPresent(entity, 'notSelector')) return meant.pods;
  const opposite = entity.as({ notSelector: `!(${string(entity, 'notSelector') || 'all()'})` });
  const others = readPods({ fields: opposite, pods: 'notSelector', namespaces: undefined, own: undefined });
  if ('why' in others) return others.why;
  return meant.pods.flatMap((pods) => others.pods.map((other) => both(pods, other)));
}

function both(one: PodsPeer, other: PodsPeer): PodsPeer {
  const { namespaceSelector: place } = one;
  const more = other.namespaceSelector ?? [];
  return {
    kind: 'pods',
    namespaceSelector: place === undefined ? (more.length === 0 ? undefined : more) : [...place, ...more],
    podSelector: [...one.podSelector, ...other.podSelector],
  };
}

/** Ranges without others; of no ranges, all addresses without others. */
function blocksOf(entity: Fields): readonly IpBlockPeer[] {
  const holes = rangesOf(entity, 'notNets');
  const nets = isPresent(entity, 'nets')
    ? rangesOf(entity, 'nets')
    : EVERY_ADDRESS.map(({ cidr }) => parseIpRange(cidr));
  return nets.flatMap((net): IpBlockPeer[] => {
    if (net === undefined || holes.some((hole) => hole !== undefined && containsRange(hole, net))) return [];
    const inside = holes.filter((hole) => hole !== undefined && containsRange(net, hole)) as readonly IpRange[];
    return [{ kind: 'ipBlock', cidr: printIpRange(net), except: inside.map(printIpRange) }];
  });
}

function rangesOf(entity: Fields, key: string): readonly (IpRange | undefined)[] {
  return strings(entity, key).map((text, index) => {
    const range = parseIpRange(text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`);
    if (range === undefined)
      refused(entity, `${key}[${index}]`, `must be an address range such as "10.0.0.0/8", got "${text}"`);
    return range;
  });
}

function readService(entity: Fields, own: string | undefined): readonly Peer[] {
  const services = mapping(entity, 'services');
  const name = services && string(services, 'name');
  if (services === undefined || !name) return [];
  return [{ kind: 'service', namespace: string(services, 'namespace') ?? own ?? '', name }];
}
