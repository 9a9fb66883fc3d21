import type { AliasPeer, ServiceName } from '../../model/config.ts';
import type { LabelSelector } from '../../model/label-selector.ts';
import { readList } from './read-list.ts';
import { readPorts } from './read-ports.ts';
import { readRange } from './read-range.ts';
import { readSelector } from './read-selector.ts';
import type { RawPeer, RawPeerMapping } from './schema-peers.ts';
import { reportAt, type Spot, within } from './spot.ts';

/** What an alias, or `dns.peers`, stands for; what is wrong is left out after a report. */
export function readPeer(raw: RawPeer, spot: Spot): AliasPeer[] {
  if (typeof raw === 'string') return readText(raw, spot);
  if (!isList(raw)) return readMapping(raw, spot) ?? [];
  return raw.flatMap((one, index) => readPeer(one, within(spot, index)));
}

function isList(
  raw: RawPeerMapping | readonly (string | RawPeerMapping)[],
): raw is readonly (string | RawPeerMapping)[] {
  return Array.isArray(raw);
}

function readText(text: string, spot: Spot): AliasPeer[] {
  const items = readList(text, 'empty', spot);
  return items === undefined ? [] : [{ kind: 'items', items }];
}

function readMapping(raw: RawPeerMapping, spot: Spot): AliasPeer[] | undefined {
  const { namespace, namespaceSelector, podSelector, cidrs, services, entities } = raw;
  const isPods = namespace !== undefined || namespaceSelector !== undefined || podSelector !== undefined;
  const wrong = (must: string) => reportAt(spot, { code: 'invalid-peer', must });
  const isOutside = cidrs !== undefined || services !== undefined || entities !== undefined;
  if (isPods && isOutside)
    return wrong('must have either "cidrs", "services" and "entities", or selectors of pods, not both');
  if (namespace !== undefined && namespaceSelector !== undefined) {
    return wrong('must have either "namespace" or "namespaceSelector", not both');
  }
  if (isPods) return readPods(raw, spot);
  if (!isOutside) {
    return wrong('must have "namespace", "namespaceSelector", "podSelector", "cidrs", "services" or "entities"');
  }
  if (cidrs?.length === 0) return wrong('must have at least one range in "cidrs"');
  if (services?.length === 0) return wrong('must have at least one Service in "services"');
  if (entities?.length === 0) return wrong('must have at least one word in "entities"');
  return [readOutside(raw, spot)];
}

function readOutside({ cidrs = [], services = [], entities = [], ports }: RawPeerMapping, spot: Spot): AliasPeer {
  const ranges = cidrs.flatMap((text, index) => readRange(text, within(spot, 'cidrs', index)) ?? []);
  return {
    kind: 'cidrs',
    cidrs: ranges.map(({ cidr, except }) => ({ cidr, except })),
    services: services.map(readService),
    entities,
    ports: readPorts(ports, within(spot, 'ports')),
  };
}

/** Of the form that the schema holds it to. */
function readService(text: string): ServiceName {
  const [namespace = '', name = ''] = text.split('/');
  return { namespace, name };
}

function readPods(raw: RawPeerMapping, spot: Spot): AliasPeer[] | undefined {
  const podSelector = readSelector(raw.podSelector ?? {}, within(spot, 'podSelector'));
  const namespaceSelector = readNamespaces(raw, spot);
  const ports = readPorts(raw.ports, within(spot, 'ports'));
  if (podSelector === undefined || namespaceSelector === 'wrong') return undefined;
  return [{ kind: 'pods', namespaceSelector, podSelector, ports }];
}

function readNamespaces(raw: RawPeerMapping, spot: Spot): LabelSelector | undefined | 'wrong' {
  if (raw.namespace !== undefined) {
    return [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [raw.namespace] }];
  }
  if (raw.namespaceSelector === undefined) return undefined;
  return readSelector(raw.namespaceSelector, within(spot, 'namespaceSelector')) ?? 'wrong';
}
