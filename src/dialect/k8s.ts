import { keepText } from '../model/kept-text.ts';
import type { IpBlockPeer, NetworkPolicy, Peer, PodsPeer, Rule } from '../model/network-policy.ts';
import type { PlannedPolicy } from '../model/planned-policy.ts';
import type { PortMatch } from '../model/port.ts';
import { expressions } from './expressions.ts';
import type { RenderContext, RenderedPolicy } from './renderer.ts';
import { isWholeProtocol, singlePorts } from './single-ports.ts';
import { typesOf, writePolicies } from './write-policies.ts';

const TYPE = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };

/** Writes networking.k8s.io/v1 NetworkPolicies. */
export function renderKubernetes(policies: readonly PlannedPolicy[], context: RenderContext): RenderedPolicy[] {
  return writePolicies(policies, context, TYPE, kubernetesSpec);
}

/** The `spec` of a NetworkPolicy. */
export function kubernetesSpec(policy: NetworkPolicy): object {
  const { podSelector, ingress, egress } = policy;
  const spec: Spec = { podSelector: expressions(podSelector), policyTypes: typesOf(policy) };
  if (ingress !== undefined && ingress.length > 0) spec.ingress = ingress.map(ruleFrom);
  if (egress !== undefined && egress.length > 0) spec.egress = egress.map(ruleTo);
  return spec;
}

interface Spec {
  readonly podSelector: object;
  readonly policyTypes: readonly string[];
  ingress?: object[];
  egress?: object[];
}

const ruleFrom = ruleAt('from');
const ruleTo = ruleAt('to');

/** How rules are written at one end, each once: one rule may stand in many policies. */
function ruleAt(end: 'from' | 'to'): (rule: Rule) => object {
  const known = new WeakMap<Rule, object>();
  return (rule) => {
    const before = known.get(rule);
    if (before !== undefined) return before;
    const { peers, ports } = rule;
    const written = keepText({
      ...(peers !== 'all' && { [end]: peers.map(peerOf) }),
      ...(ports !== 'all' && { ports: portsOf(ports) }),
    });
    known.set(rule, written);
    return written;
  };
}

function portsOf(ports: readonly PortMatch[]): object[] {
  return ports.flatMap((match) => singlePorts(match).map(portOf));
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
  if (namespaceSelector === undefined) return { podSelector: expressions(podSelector) };
  return { namespaceSelector: expressions(namespaceSelector), podSelector: expressions(podSelector) };
}

function portOf(match: PortMatch): object {
  if ('name' in match) return { protocol: match.protocol, port: match.name };
  const { protocol, port, endPort } = match;
  if (isWholeProtocol(match)) return { protocol };
  return endPort === port ? { protocol, port } : { protocol, port, endPort };
}
