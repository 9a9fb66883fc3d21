import type { Catalogue, CatalogueEntry } from '../model/catalogue.ts';
import type { Item } from '../model/declaration.ts';
import type { PortSet } from '../model/port.ts';
import { placeOf, type Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { canonicalSelector, selectorKey } from '../policy/selector.ts';
import type { Cluster } from './cluster.ts';
import { indexNames, type Named } from './name-index.ts';
import { resolveObject } from './resolve-object.ts';
import type { ResolvedPeer } from './resolved.ts';
import { defaultPorts, frontOf } from './target-ports.ts';

/**
 * What the names of a build stand for, as a list of another build would mean them. A name that no item could use is
 * left out, with a warning where somebody may miss it.
 */
export function listCatalogue(cluster: Cluster, wants: (namespace: string) => boolean, report: Report): Catalogue {
  const named = new Map<string, Named[]>();
  for (const one of [...indexNames(cluster).byName].flatMap(([name, all]) => all.filter(isCalled(name)))) {
    if (!wants(one.namespace)) continue;
    const name = `${one.namespace}/${one.resource.name}`;
    named.set(name, [...(named.get(name) ?? []), one]);
  }
  const catalogue = new Map<string, readonly CatalogueEntry[]>();
  for (const name of [...named.keys()].sort()) {
    const entries = entriesOf(name, named.get(name) ?? [], cluster, report);
    if (entries.length > 0) catalogue.set(name, entries);
  }
  return catalogue;
}

/** Earlier names are not for other builds, and the API server completes a `generateName`. */
function isCalled(name: string): (named: Named) => boolean {
  return ({ resource }) => resource.name === name && !resource.generateName;
}

function entriesOf(name: string, candidates: readonly Named[], cluster: Cluster, report: Report): CatalogueEntry[] {
  const [first] = candidates;
  if (first === undefined) return [];
  const leaveOut = (why: string): void => {
    const message = `is left out of the catalogue: ${why}`;
    report({ ...placeOf(first.resource), code: 'not-exported', severity: 'warning', message });
  };
  const peer = resolveObject(candidates, itemNaming(name), cluster, placeOf(first.resource), ({ code }) => {
    if (code === 'ambiguous-peer') leaveOut(`"${name}" may mean different pods`);
  });
  const entries = peer === undefined ? [] : entriesOfPeer(peer, cluster);
  if (peer?.kind === 'object' && entries.length === 0) leaveOut('no label tells its pods from others');
  return entries;
}

function itemNaming(name: string): Item {
  const [namespace = '', ...rest] = name.split('/');
  return {
    text: name,
    peer: { kind: 'name', namespace, name: rest.join('/'), local: false },
    ports: undefined,
  };
}

function entriesOfPeer(peer: ResolvedPeer, cluster: Cluster): CatalogueEntry[] {
  if (peer.kind === 'object') {
    const selectable = peer.workloads.filter(({ selector }) => selector.length > 0);
    const named = peer.service;
    return distinct(selectable.map((workload) => podsEntry(workload, defaultPorts(frontOf(workload, named, cluster)))));
  }
  if (peer.kind === 'podSet') return [];
  const cidrs = peer.peers.flatMap((block) => (block !== 'all' && block.kind === 'ipBlock' ? [block.cidr] : []));
  const ports = peer.front === undefined ? [] : defaultPorts(peer.front);
  return [{ kind: 'cidrs', cidrs: [...new Set(cidrs)].sort(), ports: declared(ports) }];
}

function podsEntry({ namespace, selector }: Workload, ports: PortSet): CatalogueEntry {
  return { kind: 'pods', namespace, podSelector: canonicalSelector(selector), ports: declared(ports) };
}

/** Of pods that declare no port, none can be told from the others. */
function declared(ports: PortSet): PortSet {
  return ports !== 'all' && ports.length === 0 ? 'all' : ports;
}

/** In an order that is not the input's. */
function distinct(entries: readonly CatalogueEntry[]): CatalogueEntry[] {
  const keyed = new Map(entries.map((entry) => [keyOf(entry), entry]));
  return [...keyed.keys()].sort().flatMap((key) => keyed.get(key) ?? []);
}

function keyOf(entry: CatalogueEntry): string {
  const who = entry.kind === 'pods' ? `${entry.namespace} ${selectorKey(entry.podSelector)}` : entry.cidrs.join(' ');
  return `${who} ${JSON.stringify(entry.ports)}`;
}
