import { namespaceLabels } from '../infer/cluster.ts';
import type { Alias, AliasPeer } from '../model/config.ts';
import type { Item, PeerTerm, PortTerm } from '../model/declaration.ts';
import type { End } from '../model/end.ts';
import type { Endpoint } from '../model/flow.ts';
import type { LabelSelector } from '../model/label-selector.ts';
import type { Observed } from '../observe.ts';
import { printPeer } from '../parse/grammar/print-list.ts';
import { selects } from '../policy/match-labels.ts';
import { NAMESPACE_NAME } from '../policy/selector.ts';
import { endsOfAbsentPeer } from '../reach/absent-pods.ts';
import { endOfHost } from '../reach/named-ends.ts';
import { addressesIn } from './addresses-in.ts';
import { findObject } from './find-object.ts';
import type { Looking, Side } from './side.ts';

/** What an item stands for; undefined after a report. */
export function findSide(item: Item, looking: Looking): Side | undefined {
  const { observed, problems } = looking;
  const { peer } = item;
  const alias = peer.kind === 'name' && !peer.local ? aliasOf(peer, observed) : undefined;
  if (peer.kind === 'name') {
    const named = observed.ends.filter(({ kind, name }) => kind === 'named' && name === peer.name);
    const found = findObject(peer, item, looking, alias === undefined && named.length === 0);
    if (found !== undefined) return found;
    if (named.length > 0) return sideOf(named, item);
    if (alias === undefined) return undefined;
  }
  const ends = alias === undefined ? endsOf(peer, looking) : endsOfAlias(alias, looking);
  if (ends === undefined || ends.length > 0) return ends && sideOf(ends, item, alias);
  problems.push({
    code: 'unknown-end',
    severity: 'error',
    message: `must stand for pods or addresses, got "${item.text}", which has none here`,
    got: item.text,
  });
  return undefined;
}

function sideOf(ends: readonly End[], { peer, ports }: Item, alias?: Alias): Side {
  const name = printPeer(peer);
  const implied = ports === undefined && alias !== undefined ? portsOfAlias(alias) : undefined;
  const own: Side['ports'] =
    peer.kind === 'host' && peer.port !== undefined
      ? [{ kind: 'range', protocol: 'TCP', port: peer.port, endPort: peer.port }]
      : ports;
  const impliesPorts = implied !== undefined;
  return { name, ends, object: undefined, service: undefined, ports: own ?? implied, impliesPorts, item: name };
}

/** A host is an end of its own where somebody's policies know hosts. */
function endsOfHost({ scheme, host }: PeerTerm & { kind: 'host' }, looking: Looking): readonly End[] | undefined {
  const { ends, map } = looking.observed;
  if (!map.index.apis.has('cilium'))
    return refuse(looking, `${scheme}://${host}`, 'NetworkPolicy knows addresses only');
  const known = ends.filter(({ kind, name }) => kind === 'named' && name === host);
  return known.length > 0 ? known : [endOfHost(host)];
}

function endsOf(peer: PeerTerm, looking: Looking): readonly End[] | undefined {
  const { ends, addresses, config } = looking.observed;
  const pods = ends.filter(({ kind }) => kind !== 'addresses' && kind !== 'host' && kind !== 'named');
  switch (peer.kind) {
    case 'keyword':
      if (peer.keyword === 'anywhere') return ends;
      if (peer.keyword === 'cluster') return pods;
      if (peer.keyword === 'internet') return addresses.ends.filter(addresses.isInternet);
      if (peer.keyword === 'nodes') return config.nodes.flatMap((cidr) => addressesIn(looking.observed, cidr, []));
      return refuse(looking, peer.keyword, 'write "shop/*" for every pod of a namespace');
    case 'namespace':
      return orHypothetical(
        pods.filter(({ namespace }) => namespace === peer.namespace),
        peer.namespace,
        [],
        looking,
      );
    case 'labels':
      return endsByLabels(peer, pods, looking);
    case 'cidr':
      return addressesIn(looking.observed, peer.cidr, peer.except);
    case 'host':
      return endsOfHost(peer, looking);
    case 'name':
      return [];
  }
}

function refuse({ problems }: Looking, got: string, advice: string): undefined {
  const message = `must be a workload, a Service, labels, an address, "internet" or "anywhere", got "${got}": ${advice}`;
  problems.push({ code: 'unknown-end', severity: 'error', message, got });
  return undefined;
}

type LabelsTerm = Extract<PeerTerm, { kind: 'labels' }>;

/** The workloads that have these labels; where there are none, a pod that has just them. */
function endsByLabels({ namespace, labels }: LabelsTerm, pods: readonly End[], looking: Looking): readonly End[] {
  const selector: LabelSelector = labels.map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  const near = namespace === undefined && looking.near.length > 0 ? looking.near : undefined;
  const isThere = (end: End): boolean => {
    if (namespace !== undefined && namespace !== '*') return end.namespace === namespace;
    return near === undefined || near.includes(end.namespace ?? '*');
  };
  const found = pods.filter(
    (end) => end.endpoint.kind === 'pod' && selects(selector, end.endpoint.labels) && isThere(end),
  );
  return orHypothetical(found, namespace ?? looking.near[0] ?? '', selector, looking);
}

/** A pod that the input does not have, with these labels and no others. */
function orHypothetical(
  found: readonly End[],
  namespace: string,
  selector: LabelSelector,
  { observed }: Looking,
): readonly End[] {
  if (found.length > 0) return found;
  const labels = Object.fromEntries(selector.map(({ key, values }) => [key, values[0] ?? '']));
  const written = selector.map(({ key, values }) => `${key}=${values[0] ?? ''}`).join('&') || '*';
  const known = observed.cluster.namespaces.get(namespace)?.labels ?? {};
  const namespaceLabels = namespace === '' ? known : { ...known, [NAMESPACE_NAME]: namespace };
  return [
    {
      kind: 'absent',
      name: namespace === '' ? written : `${namespace}/${written}`,
      namespace,
      endpoint: { kind: 'pod', namespace, labels, namespaceLabels, ports: [] },
      workloads: [],
    },
  ];
}

function aliasOf({ namespace, name }: PeerTerm & { kind: 'name' }, { config }: Observed): Alias | undefined {
  const called = namespace === undefined ? name : `${namespace}/${name}`;
  return config.peers.find((alias) => alias.name === called);
}

/** The ports that an alias means; undefined where its peers mean different ones, or all. */
function portsOfAlias({ peers }: Alias): readonly PortTerm[] | undefined {
  const all = peers.flatMap((peer) => (peer.kind === 'items' ? peer.items : [peer]).map(({ ports }) => ports));
  const [first] = all;
  return all.every((ports) => JSON.stringify(ports) === JSON.stringify(first)) ? first : undefined;
}

function endsOfAlias({ peers }: Alias, looking: Looking): readonly End[] | undefined {
  return [...new Set(peers.flatMap((peer) => endsOfAliasPeer(peer, looking)))];
}

function endsOfAliasPeer(peer: AliasPeer, looking: Looking): readonly End[] {
  const { observed } = looking;
  switch (peer.kind) {
    case 'cidrs':
      return peer.cidrs.flatMap(({ cidr, except }) => addressesIn(observed, cidr, except));
    case 'items':
      return peer.items.flatMap((item) => findSide(item, looking)?.ends ?? []);
    case 'pods':
      return endsOfPods(peer, looking);
  }
}

/** The pods that an alias selects; where there are none, as it would select them. */
function endsOfPods(peer: AliasPeer & { kind: 'pods' }, { observed, near }: Looking): readonly End[] {
  const { namespaceSelector, podSelector } = peer;
  const isThere = ({ namespace, namespaceLabels }: PodEndpoint): boolean =>
    namespaceSelector === undefined
      ? near.length === 0 || near.includes(namespace)
      : selects(namespaceSelector, namespaceLabels);
  const found = observed.ends.filter(
    ({ endpoint }) => endpoint.kind === 'pod' && selects(podSelector, endpoint.labels) && isThere(endpoint),
  );
  if (found.length > 0) return found;
  const labelsOf = (namespace: string) => namespaceLabels(observed.cluster, namespace);
  return endsOfAbsentPeer({ kind: 'pods', namespaceSelector, podSelector }, near[0] ?? '', labelsOf);
}

type PodEndpoint = Extract<Endpoint, { kind: 'pod' }>;
