import type { LabelSelector } from '../model/label-selector.ts';
import { MANAGED_BY } from '../model/mark.ts';
import type { IpBlockPeer, Peer, PodsPeer, Rule } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import type { PortMatch } from '../model/port.ts';
import { marks } from './marks.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';
import { splitPolicy } from './split-policy.ts';

const TYPE = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };

/** Ranges of up to this many ports are written port by port. */
const SHORT_RANGE = 8;

/** Writes networking.k8s.io/v1 NetworkPolicies. One that would be too large for the API becomes several. */
export function renderKubernetes(policies: readonly PlannedPolicy[], context: RenderContext): RenderedPolicy[] {
  const taken = new Set(policies.map(({ policy }) => `${policy.namespace}/${policy.name}`));
  return policies.flatMap((planned) =>
    splitPolicy(planned.policy, taken).map((policy) => render({ ...planned, policy }, context)),
  );
}

function render(planned: PlannedPolicy, context: RenderContext): RenderedPolicy {
  const { policy, writtenNamespace } = planned;
  const { name, podSelector, ingress, egress } = policy;
  const policyTypes = [...(ingress === undefined ? [] : ['Ingress']), ...(egress === undefined ? [] : ['Egress'])];
  const manifest = {
    ...TYPE,
    metadata: {
      name,
      ...(writtenNamespace === undefined ? {} : { namespace: writtenNamespace }),
      labels: MANAGED_BY,
      annotations: marks(planned, name, context),
    },
    spec: {
      podSelector: selector(podSelector),
      policyTypes,
      ...(ingress === undefined || ingress.length === 0
        ? {}
        : { ingress: ingress.map((rule) => ruleOf(rule, 'from')) }),
      ...(egress === undefined || egress.length === 0 ? {} : { egress: egress.map((rule) => ruleOf(rule, 'to')) }),
    },
  };
  return { ...TYPE, name, namespace: writtenNamespace, manifest };
}

function ruleOf({ peers, ports }: Rule, end: 'from' | 'to'): object {
  const rule: { from?: object[]; to?: object[]; ports?: object[] } = {};
  if (peers !== 'all') rule[end] = peers.map(peerOf);
  if (ports !== 'all') rule.ports = ports.flatMap(portsOf);
  return rule;
}

function peerOf(peer: Peer): object {
  switch (peer.kind) {
    case 'pods':
      return podsOf(peer);
    case 'ipBlock':
      return { ipBlock: blockOf(peer) };
    case 'host':
    case 'entity':
    case 'service':
      // What this API cannot say was an error when the item was resolved.
      throw new Error(`a NetworkPolicy cannot name a peer of the kind ${peer.kind}`);
  }
}

function blockOf({ cidr, except }: IpBlockPeer): object {
  return { cidr, ...(except.length === 0 ? {} : { except }) };
}

function podsOf({ namespaceSelector, podSelector }: PodsPeer): object {
  // An empty podSelector stands too: OVN-Kubernetes leaves host-network pods out of a namespaceSelector alone.
  return {
    ...(namespaceSelector === undefined ? {} : { namespaceSelector: selector(namespaceSelector) }),
    podSelector: selector(podSelector),
  };
}

/** Always `matchExpressions`, or exactly `{}`: Kustomize's commonLabels rewrite every `matchLabels`, an empty one too. */
function selector(requirements: LabelSelector): object {
  if (requirements.length === 0) return {};
  return {
    matchExpressions: requirements.map(({ key, operator, values }) => ({
      key,
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  };
}

/**
 * Short ranges as single ports: network plugins that do not know `endPort` open the first port only, in silence, and
 * neighbours that were declared one by one read better so.
 */
function portsOf(match: PortMatch): object | readonly object[] {
  if ('name' in match || match.endPort === match.port) return portOf(match);
  if (match.endPort - match.port >= SHORT_RANGE) return portOf(match);
  const length = match.endPort - match.port + 1;
  return Array.from({ length }, (_, index) => ({ protocol: match.protocol, port: match.port + index }));
}

function portOf(match: PortMatch): object {
  if ('name' in match) return { protocol: match.protocol, port: match.name };
  const { protocol, port, endPort } = match;
  if (port === 1 && endPort === 65535) return { protocol };
  return { protocol, port, ...(endPort === port ? {} : { endPort }) };
}
