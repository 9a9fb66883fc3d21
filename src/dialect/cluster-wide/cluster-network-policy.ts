import type { ClusterWidePlan, GuardRail } from '../../model/cluster-wide-plan.ts';
import type { IpBlockPeer, PodsPeer, Rule } from '../../model/network-policy.ts';
import type { PortMatch } from '../../model/port.ts';
import { parseIpRange, printIpRange } from '../../policy/ip-range.ts';
import { namespacesBut } from '../../policy/selector.ts';
import { expressions } from '../expressions.ts';
import type { RenderContext, RenderedPolicy } from '../renderer.ts';
import { writeClusterObject } from './cluster-object.ts';
import { originsOf, sectionsOf } from './default-deny.ts';
import { type RailObject, railObjects } from './rail-objects.ts';

const TYPE = { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy' };

const LAST_PRIORITY = 1000;

type RailPeer = GuardRail['peers'][number];

/** ClusterNetworkPolicies: the rules above every NetworkPolicy, and the default below them. */
export function renderClusterNetworkPolicies(plan: ClusterWidePlan, context: RenderContext): readonly RenderedPolicy[] {
  return [...baseline(plan, context), ...admin(plan, context)];
}

function admin(plan: ClusterWidePlan, context: RenderContext): readonly RenderedPolicy[] {
  const objects = railObjects(plan.rails);
  const last = plan.config.priority + objects.length - 1;
  if (last > LAST_PRIORITY) reportPriorities(plan, last, context);
  return objects.map((object, index) => {
    const spec = { tier: 'Admin', priority: plan.config.priority + index, ...railSpec(object) };
    const names = [...object.Ingress, ...object.Egress].map(({ name }) => `config clusterWide.rules: ${name}`);
    const suffix = index === 0 ? 'rules' : `rules-${index + 1}`;
    return writeClusterObject({ type: TYPE, suffix, kind: 'allow', origins: [...new Set(names)] }, spec, context);
  });
}

function reportPriorities({ config }: ClusterWidePlan, last: number, { report }: RenderContext): void {
  const message =
    `must leave room for its rules, which need the priorities up to ${last} of ${LAST_PRIORITY}: ` +
    'say a lower "priority", or put rules of one subject next to each other';
  report({ ...config.place, code: 'cluster-wide-priorities', severity: 'error', message });
}

const ACTIONS = { allow: 'Accept', deny: 'Deny', pass: 'Pass' } as const;

function railSpec({ subject, Ingress, Egress }: RailObject): object {
  const ruleOf = ({ name, action, peers, ports }: GuardRail, end: 'from' | 'to'): object => ({
    name,
    action: ACTIONS[action],
    [end]: peersOf(peers),
    ...protocolsOf(ports),
  });
  return {
    subject: podsOf({ kind: 'pods', ...subject }),
    ...(Ingress.length === 0 ? {} : { ingress: Ingress.map((rail) => ruleOf(rail, 'from')) }),
    ...(Egress.length === 0 ? {} : { egress: Egress.map((rail) => ruleOf(rail, 'to')) }),
  };
}

const EVERY_NAMESPACE = { namespaces: {} };
const EVERY_ADDRESS = { networks: ['0.0.0.0/0', '::/0'] };

/** What pods without a NetworkPolicy may do: nothing but look names up. Who comes from outside is not its business. */
function baseline(plan: ClusterWidePlan, context: RenderContext): readonly RenderedPolicy[] {
  const sections = sectionsOf(plan);
  if (sections === undefined) return [];
  const { ingress, egress } = sections;
  const spec = {
    tier: 'Baseline',
    priority: plan.config.priority,
    subject: { namespaces: expressions(namespacesBut(plan.exclude)) },
    ...(ingress && { ingress: [{ name: 'from-all-pods', action: 'Deny', from: [EVERY_NAMESPACE] }] }),
    ...(egress && {
      egress: [...egress.map(dnsRule), { name: 'to-anybody', action: 'Deny', to: [EVERY_NAMESPACE, EVERY_ADDRESS] }],
    }),
  };
  return [
    writeClusterObject({ type: TYPE, suffix: 'default-deny', kind: 'deny', origins: originsOf(plan) }, spec, context),
  ];
}

function dnsRule({ peers, ports }: Rule): object {
  const to = peers === 'all' ? [EVERY_NAMESPACE, EVERY_ADDRESS] : peersOf(peers.filter(isRailPeer));
  return { name: 'dns', action: 'Accept', to, ...protocolsOf(ports) };
}

function isRailPeer(peer: { readonly kind: string }): peer is RailPeer {
  return peer.kind === 'pods' || peer.kind === 'ipBlock';
}

/** Ranges last, together in one peer. */
function peersOf(peers: readonly RailPeer[]): object[] {
  const pods = peers.filter((peer): peer is PodsPeer => peer.kind === 'pods');
  const networks = peers.filter((peer): peer is IpBlockPeer => peer.kind === 'ipBlock').map(networkOf);
  return [...pods.map(podsOf), ...(networks.length === 0 ? [] : [{ networks: [...new Set(networks)] }])];
}

/** As the API has it: no bits of a host. */
function networkOf({ cidr }: IpBlockPeer): string {
  const range = parseIpRange(cidr);
  return range === undefined ? cidr : printIpRange(range);
}

function podsOf({ namespaceSelector = [], podSelector }: PodsPeer): object {
  if (podSelector.length === 0) return { namespaces: expressions(namespaceSelector) };
  return {
    pods: { namespaceSelector: expressions(namespaceSelector), podSelector: expressions(podSelector) },
  };
}

function protocolsOf(ports: 'all' | readonly PortMatch[]): object {
  return ports === 'all' ? {} : { protocols: ports.map(protocolOf) };
}

function protocolOf(match: PortMatch): object {
  if ('name' in match) return { destinationNamedPort: match.name };
  const { protocol, port, endPort } = match;
  const destinationPort = port === endPort ? { number: port } : { range: { start: port, end: endPort } };
  return { [protocol.toLowerCase()]: { destinationPort } };
}
