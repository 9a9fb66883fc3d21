import type { LabelSelector, Requirement } from '../model/label-selector.ts';
import type { Peer, PodsPeer } from '../model/network-policy.ts';
import type { PortMatch } from '../model/port.ts';

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** A peer of a rule in words: `pods app=web of namespace shop`, `10.0.0.0/8 except 10.1.0.0/16`, `anybody`. */
export function peerText(peer: Peer | 'all'): string {
  if (peer === 'all') return 'anybody';
  switch (peer.kind) {
    case 'pods':
      return podsText(peer);
    case 'ipBlock':
      return peer.except.length === 0 ? peer.cidr : `${peer.cidr} except ${peer.except.join(', ')}`;
    case 'host':
      return `host ${peer.pattern}`;
    case 'entity':
      return peer.entity;
    case 'service':
      return `Service ${peer.namespace}/${peer.name}`;
  }
}

function podsText({ namespaceSelector, podSelector }: PodsPeer): string {
  const pods = podSelector.length === 0 ? 'every pod' : `pods ${selectorText(podSelector)}`;
  return `${pods} of ${namespacesText(namespaceSelector)}`;
}

/** The ports that a rule writes: `5432`, `http`, `53/udp`, `every port`. */
export function writtenPortsText(ports: 'all' | readonly PortMatch[]): string {
  if (ports === 'all') return 'every port';
  return ports.length === 0 ? 'no port' : ports.map(portMatchText).join(', ');
}

function portMatchText(match: PortMatch): string {
  const suffix = match.protocol === 'TCP' ? '' : `/${match.protocol.toLowerCase()}`;
  if ('name' in match) return match.name + suffix;
  const { port, endPort, protocol } = match;
  if (port === 1 && endPort === 65535) return `every ${protocol} port`;
  return (port === endPort ? `${port}` : `${port}-${endPort}`) + suffix;
}

function namespacesText(selector: LabelSelector | undefined): string {
  if (selector === undefined) return 'its own namespace';
  const [only] = selector;
  if (only === undefined) return 'every namespace';
  const isNamed = selector.length === 1 && only.key === NAMESPACE_NAME && only.operator === 'In';
  if (!isNamed) return `namespaces ${selectorText(selector)}`;
  return only.values.length === 1 ? `namespace ${only.values[0]}` : `namespaces ${only.values.join(', ')}`;
}

function selectorText(selector: LabelSelector): string {
  return selector.map(requirementText).join(' and ');
}

/** More values of one key are counted. */
const MOST_VALUES = 6;

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${valuesText(values)})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} not in (${valuesText(values)})`;
    case 'Exists':
      return `with ${key}`;
    case 'DoesNotExist':
      return `without ${key}`;
    case 'Like':
      return `${key} like ${values.join(' or ')}`;
    case 'NotLike':
      return `${key} not like ${values.join(' or ')}`;
  }
}

function valuesText(values: readonly string[]): string {
  const more = values.length - MOST_VALUES;
  return more <= 1 ? values.join(', ') : `${values.slice(0, MOST_VALUES).join(', ')} and ${more} more`;
}
