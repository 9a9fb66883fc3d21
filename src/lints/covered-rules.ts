import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, Peer, Rule } from '../model/network-policy.ts';
import type { PortMatch } from '../model/port.ts';
import { placeOf } from '../model/problem.ts';
import { containsRange, parseIpRange } from '../policy/ip-range.ts';
import { peerKey } from '../policy/peer.ts';
import { selectorKey } from '../policy/selector.ts';
import { rulesOf } from '../reach/index-policies.ts';
import type { Lint } from './lint.ts';
import { pathOfRule } from './written.ts';

/** A rule and where it stands. */
interface Placed {
  readonly policy: NetworkPolicy;
  readonly index: number;
  readonly rule: Rule;
}

/** Rules that allow nothing new, since another rule for the same pods, or for every pod of the namespace, covers them. */
export const lintCoveredRules: Lint = ({ policies, report }) => {
  for (const direction of DIRECTIONS) {
    const byPods = groupRules(
      policies.map(({ policy }) => policy),
      direction,
    );
    for (const group of byPods.values()) {
      const wider = byPods.get(podsKey(group.namespace, [])) ?? group;
      const others = wider === group ? group.rules : [...wider.rules, ...group.rules];
      for (const placed of group.rules) {
        const cover = others.find((other) => other !== placed && coversRule(other, placed) && isEarlier(other, placed));
        if (cover === undefined || placed.policy.resource === undefined) continue;
        const where =
          cover.policy === placed.policy
            ? 'of this policy'
            : `of NetworkPolicy "${cover.policy.namespace}/${cover.policy.name}"`;
        const message = `allows nothing that ${pathOfRule(direction, cover.index)} ${where} does not allow: take one of them away`;
        const place = placeOf(placed.policy.resource, pathOfRule(direction, placed.index));
        report({ ...place, code: 'covered-rule', severity: 'info', message });
      }
    }
  }
};

interface Group {
  readonly namespace: string;
  readonly rules: Placed[];
}

function groupRules(policies: readonly NetworkPolicy[], direction: Direction): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const policy of policies) {
    const key = podsKey(policy.namespace, policy.podSelector);
    const group = groups.get(key) ?? { namespace: policy.namespace, rules: [] };
    groups.set(key, group);
    for (const [index, rule] of (rulesOf(policy, direction) ?? []).entries()) group.rules.push({ policy, index, rule });
  }
  return groups;
}

function podsKey(namespace: string, podSelector: LabelSelector): string {
  return `${namespace}\n${selectorKey(podSelector)}`;
}

/** Of two rules that cover each other the later one is told of. */
function isEarlier(other: Placed, placed: Placed): boolean {
  if (!coversRule(placed, other)) return true;
  return other.policy === placed.policy ? other.index < placed.index : position(other.policy) < position(placed.policy);
}

function position({ resource }: NetworkPolicy): number {
  return resource?.source.item ?? -1;
}

function coversRule({ rule: outer }: Placed, { rule: inner }: Placed): boolean {
  return coversPorts(outer.ports, inner.ports) && coversPeers(outer.peers, inner.peers);
}

function coversPorts(outer: Rule['ports'], inner: Rule['ports']): boolean {
  if (outer === 'all') return true;
  return inner !== 'all' && inner.length > 0 && inner.every((match) => outer.some((one) => coversPort(one, match)));
}

function coversPort(outer: PortMatch, inner: PortMatch): boolean {
  if (outer.protocol !== inner.protocol) return false;
  if ('name' in outer || 'name' in inner) return 'name' in outer && 'name' in inner && outer.name === inner.name;
  return outer.port <= inner.port && inner.endPort <= outer.endPort;
}

function coversPeers(outer: Rule['peers'], inner: Rule['peers']): boolean {
  if (outer === 'all') return true;
  return inner !== 'all' && inner.length > 0 && inner.every((peer) => outer.some((one) => coversPeer(one, peer)));
}

function coversPeer(outer: Peer, inner: Peer): boolean {
  if (outer.kind === 'pods') return inner.kind === 'pods' && coversPods(outer, inner);
  if (outer.kind !== 'ipBlock' || inner.kind !== 'ipBlock') return peerKey(outer) === peerKey(inner);
  const [wide, narrow] = [parseIpRange(outer.cidr), parseIpRange(inner.cidr)];
  return (
    wide !== undefined &&
    narrow !== undefined &&
    containsRange(wide, narrow) &&
    outer.except.every((cidr) => inner.except.includes(cidr))
  );
}

function coversPods(outer: Peer & { kind: 'pods' }, inner: Peer & { kind: 'pods' }): boolean {
  const [wide, narrow] = [outer.namespaceSelector, inner.namespaceSelector];
  const namespaces =
    wide === undefined ? narrow === undefined : narrow === undefined ? wide.length === 0 : asks(wide, narrow);
  return namespaces && asks(outer.podSelector, inner.podSelector);
}

/** Whether whatever meets `inner` meets `outer`: each of its requirements is one of the inner's, or wider in its values. */
function asks(outer: LabelSelector, inner: LabelSelector): boolean {
  return outer.every((wanted) =>
    inner.some(
      ({ key, operator, values }) =>
        key === wanted.key &&
        (operator === wanted.operator
          ? operator === 'NotIn'
            ? wanted.values.every((value) => values.includes(value))
            : values.every((value) => wanted.values.includes(value))
          : operator === 'In' && wanted.operator === 'Exists'),
    ),
  );
}
