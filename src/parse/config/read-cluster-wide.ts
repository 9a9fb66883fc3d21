import type { SubjectSelector } from '../../model/cluster-wide.ts';
import type { ClusterWide, GuardRailEntry } from '../../model/config.ts';
import type { LabelSelector } from '../../model/label-selector.ts';
import { namespaceNamed, namespacesBut } from '../../policy/selector.ts';
import { readPeer } from './read-peer.ts';
import { readPorts } from './read-ports.ts';
import { readSelector } from './read-selector.ts';
import type { RawClusterWide, RawGuardRail, RawSubject } from './schema-cluster-wide.ts';
import { placeOfSpot, reportAt, type Spot, within } from './spot.ts';

/** The policies for the whole cluster; `exclude` are the namespaces that they leave alone unless one is named. */
export function readClusterWide(raw: RawClusterWide, exclude: readonly string[], spot: Spot): ClusterWide {
  const { api, defaultDeny = 'none', dns = true, priority = 100, rules = [] } = raw;
  if (defaultDeny === 'none' && rules.length === 0) {
    reportAt(spot, { code: 'invalid-field', must: 'must have "defaultDeny" or "rules": it says nothing yet' });
  }
  if (rules.length > 0 && api !== 'cluster-network-policy') reportRules(api, within(spot, 'rules'));
  return {
    api,
    defaultDeny,
    dns,
    priority,
    rules: rules.flatMap((rule, index) => readRule(rule, exclude, within(spot, 'rules', index)) ?? []),
    place: placeOfSpot(spot),
  };
}

/** The other APIs have no tier that stands above every policy of a team and leaves the rest to them. */
function reportRules(api: string, spot: Spot): void {
  reportAt(spot, {
    code: 'cluster-wide-rules',
    must: `must not stand beside the api "${api}", which has "defaultDeny" and "dns" only`,
    advice: 'rules that teams cannot undo need the api "cluster-network-policy"',
  });
}

function readRule(raw: RawGuardRail, exclude: readonly string[], spot: Spot): GuardRailEntry | undefined {
  const { name, action, from, to } = raw;
  if ((from === undefined) === (to === undefined)) {
    return reportAt(spot, { code: 'invalid-field', must: 'must have either "from" or "to"' });
  }
  const subject = readSubject(raw.subject ?? {}, exclude, within(spot, 'subject'));
  const field = from === undefined ? 'to' : 'from';
  const peers = readPeer(from ?? to ?? '', within(spot, field));
  const ports = readPorts(raw.ports, within(spot, 'ports'));
  const direction = from === undefined ? 'Egress' : 'Ingress';
  return subject && { name, action, subject, direction, peers, ports, place: placeOfSpot(within(spot, field)) };
}

function readSubject(raw: RawSubject, exclude: readonly string[], spot: Spot): SubjectSelector | undefined {
  if (raw.namespace !== undefined && raw.namespaceSelector !== undefined) {
    const must = 'must have either "namespace" or "namespaceSelector", not both';
    return reportAt(spot, { code: 'invalid-field', must });
  }
  const podSelector = readSelector(raw.podSelector ?? {}, within(spot, 'podSelector'));
  const namespaceSelector = readNamespaces(raw, exclude, spot);
  return podSelector && namespaceSelector && { podSelector, namespaceSelector };
}

/** Whoever names an excluded namespace means it; labels and "every namespace" never do. */
function readNamespaces(raw: RawSubject, exclude: readonly string[], spot: Spot): LabelSelector | undefined {
  if (raw.namespace !== undefined) return namespaceNamed(raw.namespace);
  const labels = readSelector(raw.namespaceSelector ?? {}, within(spot, 'namespaceSelector'));
  return labels && [...labels, ...namespacesBut(exclude)];
}
