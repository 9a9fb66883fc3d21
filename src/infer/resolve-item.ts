import type { Alias, AliasPeer } from '../model/config.ts';
import type { Item, Keyword, PeerTerm } from '../model/declaration.ts';
import { type DialectName, says } from '../model/dialect.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { IpBlockPeer } from '../model/network-policy.ts';
import type { Place, Problem, Report } from '../model/problem.ts';
import { NODES } from '../policy/peer.ts';
import { namespaceNamed } from '../policy/selector.ts';
import { addressesOfCluster } from './addresses-of-cluster.ts';
import { type Cluster, workloadsSelected } from './cluster.ts';
import { portsOfHost, resolveHost } from './hosts.ts';
import { internetBlocks, ipBlock } from './ip-blocks.ts';
import type { NameIndex } from './name-index.ts';
import { type NamespaceIndex, namespacesMeant } from './namespaces.ts';
import { outsideWords, wordless } from './outside-words.ts';
import { candidatesFor, type Speaker } from './resolve-name.ts';
import { resolveObject } from './resolve-object.ts';
import type { OutsidePeer, ResolvedItem, ResolvedPeer } from './resolved.ts';
import { nameOf } from './subject.ts';
import { suggestName } from './suggest-name.ts';

/** What names are looked up in. */
export interface Names {
  readonly cluster: Cluster;
  readonly names: NameIndex;
  readonly namespaces: NamespaceIndex;
  readonly aliases: ReadonlyMap<string, Alias>;
}

/** An item on its way: who says it, where, and which aliases led here. */
interface Context {
  readonly names: Names;
  readonly speaker: Speaker;
  readonly place: Place;
  readonly report: Report;
  readonly through: readonly string[];
}

/**
 * What an item's peer stands for. One answer, or several where an alias has several peers; none after a report.
 * `none` is not a peer: callers handle it before.
 */
export function resolveItem(item: Item, speaker: Speaker, names: Names, place: Place, report: Report): ResolvedItem[] {
  return resolve(item, { names, speaker, place, report, through: [] });
}

function resolve(item: Item, context: Context): ResolvedItem[] {
  const alias = aliasOf(item.peer, context);
  if (alias !== undefined) return resolveAlias(item, alias, context);
  const peer = resolvePeer(item, context);
  const ports = item.peer.kind === 'host' ? portsOfHost(item.peer) : item.ports;
  return peer === undefined ? [] : [{ peer, ports, aliasPorts: false }];
}

function resolvePeer(item: Item, context: Context): ResolvedPeer | undefined {
  const { peer } = item;
  switch (peer.kind) {
    case 'keyword':
      return resolveKeyword(peer.keyword, context);
    case 'name':
      return resolveName(peer, item, context);
    case 'namespace': {
      const namespace = resolveNamespace(peer.namespace, item, context);
      return namespace === undefined ? undefined : podSet(selectorOf(namespace, context), []);
    }
    case 'labels':
      return resolveLabels(peer, item, context);
    case 'cidr': {
      const block = ipBlock(peer.cidr, peer.except);
      warnOfCluster([block], item, context);
      return outside([block]);
    }
    case 'host': {
      const host = resolveHost(peer, item, context.names.cluster.config.dialect, context.speaker.direction);
      return 'code' in host ? fail(context, host) : outside([host]);
    }
  }
}

function resolveKeyword(keyword: Keyword, context: Context): ResolvedPeer | undefined {
  const { config } = context.names.cluster;
  switch (keyword) {
    case 'namespace':
      return podSet(undefined, []);
    case 'cluster':
      return podSet([], []);
    case 'anywhere':
      return outside(['all']);
    case 'internet':
      return outside(internetBlocks(config.privateRanges));
    case 'nodes':
      if (says(config.dialect, 'nodes')) return outside([NODES]);
      if (config.nodes.length > 0) return outside(config.nodes.map((cidr) => ipBlock(cidr, [])));
      return fail(context, {
        code: 'no-node-ranges',
        message: 'must not be "nodes" while the config does not say the ranges of the nodes: set spec.nodes',
      });
    case 'none':
      return undefined;
  }
}

type NameTerm = Extract<PeerTerm, { kind: 'name' }>;

function resolveName(term: NameTerm, item: Item, context: Context): ResolvedPeer | undefined {
  const { names, speaker, place, report } = context;
  const candidates = candidatesFor(names.names, term.name, term.namespace, speaker);
  if (candidates.length > 0) return resolveObject(candidates, item, names.cluster, place, report);
  const suggestion = withPortsOf(item, term, suggestName(term, names.names, names.aliases.keys(), speaker));
  return fail(context, {
    code: 'unknown-peer',
    message: `must name a workload or Service in these resources, got "${item.text}"${adviseName(term, suggestion, context)}`,
    got: item.text,
    ...(suggestion === undefined ? {} : { want: suggestion }),
  });
}

/** `checkout:80` for `chekout:80`. */
function withPortsOf(
  { text }: Item,
  { namespace, name, local }: NameTerm,
  suggestion: string | undefined,
): string | undefined {
  const peer = `${local ? './' : ''}${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return suggestion === undefined || !text.startsWith(peer) ? suggestion : suggestion + text.slice(peer.length);
}

function adviseName({ name }: NameTerm, suggestion: string | undefined, { names, speaker }: Context): string {
  if (suggestion !== undefined) return ` (did you mean "${suggestion}"?)`;
  const adrift = names.names.byName.get(name)?.find(({ namespace }) => namespace === '');
  if (adrift !== undefined && speaker.namespace !== '') {
    return `; ${nameOf(adrift.resource)} says no namespace: write it there, or as the config's namespace if all such objects go to one`;
  }
  if (name.includes('.') && says(names.cluster.config.dialect, 'hosts'))
    return `; for a host outside the cluster write its scheme too, as in "https://${name}"`;
  if (name.includes('.'))
    return '; for a host outside the cluster write its addresses as a CIDR, or "internet" with its port';
  return "; for pods that are rendered elsewhere write their labels, a name from the config's peers, or, where their namespace is closed here, that of an entry in the config's pods";
}

type LabelsTerm = Extract<PeerTerm, { kind: 'labels' }>;

function resolveLabels(term: LabelsTerm, item: Item, context: Context): ResolvedPeer | undefined {
  const podSelector = term.labels.map(([key, value]) => ({ key, operator: 'In' as const, values: [value] }));
  if (term.namespace === undefined) return podSet(undefined, podSelector);
  if (term.namespace === '*') return podSet([], podSelector);
  const namespace = resolveNamespace(term.namespace, item, context);
  if (namespace === undefined) return undefined;
  return podSet(selectorOf(namespace, context), podSelector);
}

/** No selector for the speaker's own namespace, so that a later `namespace:` keeps the rule true. */
function selectorOf(namespace: string, { speaker }: Context): LabelSelector | undefined {
  return namespace === speaker.namespace ? undefined : namespaceNamed(namespace);
}

function resolveNamespace(written: string, item: Item, context: Context): string | undefined {
  const { namespaces, cluster } = context.names;
  const meant = namespacesMeant(namespaces, written, context.speaker);
  const namespace = meant[0];
  if (meant.length > 1 || namespace === undefined) {
    return fail(context, {
      code: 'ambiguous-peer',
      message:
        `must mean one namespace, got "${item.text}", since this build moved objects of "${written}" to ` +
        `${meant.map((name) => `"${name}"`).join(' and ')}: write the one you mean`,
      got: item.text,
    });
  }
  const isKnown = namespaces.known.has(namespace) || cluster.config.exclude.includes(namespace);
  const near = isKnown ? undefined : namespaces.nearestTo(namespace);
  if (near !== undefined) {
    context.report({
      ...context.place,
      code: 'unknown-namespace',
      severity: 'warning',
      message: `names the namespace "${namespace}", which is not in these resources (did you mean "${near}"?)`,
      got: namespace,
      want: near,
    });
  }
  return namespace;
}

function aliasOf(term: PeerTerm, context: Context): Alias | undefined {
  if (term.kind !== 'name' || term.local) return undefined;
  const { names, speaker } = context;
  const alias = names.aliases.get(term.namespace === undefined ? term.name : `${term.namespace}/${term.name}`);
  if (alias === undefined || context.through.includes(alias.name)) return undefined;
  const [object] = candidatesFor(names.names, term.name, term.namespace, speaker);
  if (object === undefined) return alias;
  if (term.namespace !== undefined) return undefined;
  // A name of the config's own means the config's: an object that some namespace calls the same changes nothing.
  if (speaker.writtenBy === 'config') return alias;
  fail(context, {
    code: 'ambiguous-peer',
    message:
      `must mean one peer, got "${term.name}", which is a peer of the config and a ${object.resource.kind} of this namespace: ` +
      `write "./${term.name}" for the ${object.resource.kind}; for the other, rename it in spec.peers`,
    got: term.name,
    want: `./${term.name}`,
  });
  return { ...alias, peers: [] };
}

function resolveAlias(item: Item, alias: Alias, context: Context): ResolvedItem[] {
  const inside = { ...context, through: [...context.through, alias.name] };
  return alias.peers.flatMap((peer) => {
    if (peer.kind !== 'items') return resolveFull(item, peer, context);
    return peer.items.flatMap((inner) => {
      if (inner.ports !== undefined) warnOfPeerPorts(item, inner, context);
      return resolve(inner, inside).map((resolved) => withPorts(item, resolved.peer, resolved.ports));
    });
  });
}

/** Ports in the text of a name look as if they stood in the list, where they would be the speaker's own. */
function warnOfPeerPorts({ text, ports }: Item, inner: Item, { speaker, place, report }: Context): void {
  if (speaker.direction !== 'Ingress' || ports !== undefined) return;
  const message =
    `means "${inner.text}", whose ports count only where it is called: "${text}" opens what it would without them. ` +
    `Write the ports of this object that are meant beside the name, as in "${text}:8080"`;
  report({ ...place, code: 'peer-ports', severity: 'warning', message, got: text });
}

function resolveFull(item: Item, peer: FullAliasPeer, context: Context): ResolvedItem[] {
  const { dialect } = context.names.cluster.config;
  const resolved = aliasPeer(peer, dialect);
  if (resolved === undefined && peer.kind === 'cidrs') fail(context, wordless(peer, dialect, item.text));
  if (peer.kind === 'cidrs' && peer.entities.length === 0) {
    warnOfCluster(
      peer.cidrs.map(({ cidr, except }) => ipBlock(cidr, except)),
      item,
      context,
    );
  }
  return resolved === undefined ? [] : [withPorts(item, resolved, peer.ports)];
}

function withPorts(item: Item, peer: ResolvedPeer, aliasPorts: ResolvedItem['ports']): ResolvedItem {
  return item.ports === undefined
    ? { peer, ports: aliasPorts, aliasPorts: true }
    : { peer, ports: item.ports, aliasPorts: false };
}

type FullAliasPeer = Exclude<AliasPeer, { kind: 'items' }>;

/** What one alternative of an alias that is written in full stands for; undefined where the dialect has no words for it. */
export function aliasPeer(peer: FullAliasPeer, dialect: DialectName): ResolvedPeer | undefined {
  if (peer.kind === 'pods') return podSet(peer.namespaceSelector, peer.podSelector);
  const words = outsideWords(peer, dialect);
  return words.length === 0 ? undefined : outside(words);
}

/** The workloads of the input that a set finds, seen from `viewer`. */
export function membersOf(cluster: Cluster, peer: ResolvedPeer, viewer: string): ReturnType<typeof workloadsSelected> {
  if (peer.kind === 'object') return peer.workloads;
  if (peer.kind === 'outside') return [];
  return workloadsSelected(cluster, peer.namespaceSelector, peer.podSelector, viewer);
}

function podSet(namespaceSelector: LabelSelector | undefined, podSelector: LabelSelector): ResolvedPeer {
  return { kind: 'podSet', namespaceSelector, podSelector };
}

function outside(peers: OutsidePeer['peers']): OutsidePeer {
  return { kind: 'outside', peers, front: undefined };
}

function warnOfCluster(blocks: readonly IpBlockPeer[], item: Item, { names, place, report }: Context): void {
  const problem = addressesOfCluster(blocks, item.text, names.cluster.config);
  if (problem !== undefined) report({ ...place, ...problem });
}

function fail({ place, report }: Context, problem: Pick<Problem, 'code' | 'message' | 'got' | 'want'>): undefined {
  report({ ...place, severity: 'error', ...problem });
  return undefined;
}
