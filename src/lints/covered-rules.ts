import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { NetworkPolicy, Peer, Rule } from '../model/network-policy.ts';
import type { PortMatch } from '../model/port.ts';
import { placeOf } from '../model/problem.ts';
import { containsRange, parseIpRange } from '../policy/ip-range.ts';
import { peerKey } from '../policy/peer.ts';
import { rulesOf } from '../policy/rules-of.ts';
import { selectorKey } from '../policy/selector.ts';
import { kindOfPolicy } from '../policy/subjects-of.ts';
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
            : `of ${kindOfPolicy(cover.policy)} "${cover.policy.namespace}/${cover.policy.name}"`;
        const message = `allows nothing that ${pathOf(direction, cover)} ${where} does not allow: take one of them away`;
        const place = placeOf(placed.policy.resource, pathOf(direction, placed));
        report({ ...place, code: 'covered-rule', severity: 'info', message });
      }
    }
  }
};

function pathOf(direction: Direction, { rule, index }: Placed): string {
  return rule.path ?? pathOfRule(direction, index);
}

interface Group {
  readonly namespace: string;
  readonly rules: Placed[];
}

function groupRules(policies: readonly NetworkPolicy[], direction: Direction): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const policy of policies.filter(isOfOneNamespace)) {
    const key = podsKey(placeOfPods(policy), policy.podSelector);
    const group = groups.get(key) ?? { namespace: placeOfPods(policy), rules: [] };
    groups.set(key, group);
    for (const [index, rule] of (rulesOf(policy, direction) ?? []).entries()) {
      if (addsUp(rule)) group.rules.push({ policy, index, rule });
    }
  }
  return groups;
}

/** Rules of ordered APIs, and those for pods of several namespaces, are not compared. */
function isOfOneNamespace({ foreign }: NetworkPolicy): boolean {
  if (foreign === undefined) return true;
  const [pods, ...more] = foreign.subjects;
  return foreign.api === 'cilium' && more.length === 0 && pods?.namespaceSelector === undefined;
}

/** Rules that deny, and those that let some requests through, are no more or less than others. */
function addsUp({ action = 'allow', only }: Rule): boolean {
  return action === 'allow' && only === undefined;
}

/** Two APIs may read one range differently. */
function placeOfPods({ foreign, namespace }: NetworkPolicy): string {
  return foreign === undefined ? namespace : `${namespace} ${foreign.api}`;
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
