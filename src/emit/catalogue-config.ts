import type { Catalogue, CatalogueEntry } from '../model/catalogue.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { PortRange, PortSet } from '../model/port.ts';
import { printManifest } from './manifest.ts';

/** A catalogue as a config with nothing but `peers`, to be merged into that of another build. */
export function printCatalogue(catalogue: Catalogue): string {
  const peers = Object.fromEntries([...catalogue].map(([name, entries]) => [name, peerOf(entries)]));
  return printManifest({
    apiVersion: 'postern.dev/v1alpha1',
    kind: 'NetworkPolicyGenerator',
    metadata: { name: 'peers' },
    spec: { peers },
  });
}

function peerOf(entries: readonly CatalogueEntry[]): unknown {
  const written = entries.map(entryOf);
  return written.length === 1 ? written[0] : written;
}

function entryOf(entry: CatalogueEntry): object {
  const who =
    entry.kind === 'pods'
      ? { namespace: entry.namespace, podSelector: selectorOf(entry.podSelector) }
      : { cidrs: entry.cidrs };
  return { ...who, ...portsOf(entry.ports) };
}

function portsOf(ports: PortSet): object {
  return ports === 'all' ? {} : { ports: ports.map(portOf) };
}

function portOf({ protocol, port, endPort }: PortRange): number | string {
  const range = port === endPort ? port : `${port}-${endPort}`;
  return protocol === 'TCP' ? range : `${range}/${protocol.toLowerCase()}`;
}

/** Labels where they can say it, since people read them. */
function selectorOf(selector: LabelSelector): object {
  const isPlain = selector.every(({ operator, values }) => operator === 'In' && values.length === 1);
  const keys = new Set(selector.map(({ key }) => key));
  if (isPlain && keys.size === selector.length) {
    return { matchLabels: Object.fromEntries(selector.map(({ key, values }) => [key, values[0] ?? ''])) };
  }
  return {
    matchExpressions: selector.map(({ key, operator, values }) =>
      values.length === 0 ? { key, operator } : { key, operator, values },
    ),
  };
}
