import { DIRECTIONS, type Direction } from '../../src/model/direction.ts';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import type { PortSet, Protocol } from '../../src/model/port.ts';
import { hasPort, portSet, unionAll } from '../../src/policy/port-set.ts';
import type { Flavour } from './annotate.ts';
import { type Cluster, type ClusterWorkload, listenedPorts } from './cluster.ts';
import type { Edges, Pair } from './edges.ts';
import { matchesOutside, type Probe, podProbe, probesOf } from './outside-match.ts';
import { portKey } from './port-list.ts';

/** A connection that somebody may try, and what the table says becomes of it. */
export interface Expectation {
  /** `source -> destination TCP/80`, with the table's names. */
  readonly name: string;
  readonly flow: Flow;
  /** Whose policies are asked. Those of somebody outside are not known, so only the workload's own end is. */
  readonly ends: readonly Direction[];
  readonly allowed: boolean;
}

interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

/** Nobody listens here and no list names it: the port for "and nothing else". */
const NOBODYS: Port = { protocol: 'TCP', port: 9 };
const DNS: readonly Port[] = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

/** Every pair of workloads, and every workload with those who are not in the input, each in both directions. */
export function expectationsOf(edges: Edges, cluster: Cluster, flavour: Flavour): readonly Expectation[] {
  const workloads = [...cluster.workloads.values()];
  const pairs = workloads.flatMap((source) =>
    workloads.flatMap((destination) => ofPair(edges, cluster, flavour, source, destination)),
  );
  if (!edges.saysOutside) return pairs;
  const peers = edges.outside.map(({ peer, workload }) => ({ peer, namespace: workload.split('/')[0] ?? '' }));
  const probes = probesOf(peers, cluster);
  const outside = workloads.flatMap((workload) =>
    DIRECTIONS.flatMap((direction) =>
      probes.flatMap((probe) => ofProbe(edges, cluster, { workload, direction, probe })),
    ),
  );
  return [...pairs, ...outside];
}

function ofPair(
  edges: Edges,
  cluster: Cluster,
  flavour: Flavour,
  source: ClusterWorkload,
  destination: ClusterWorkload,
): readonly Expectation[] {
  const pair = edges.pairs.find(
    (candidate) => candidate.source === source.id && candidate.destination === destination.id,
  );
  const isOpen = !edges.isolation.get(source.id)?.Egress && !edges.isolation.get(destination.id)?.Ingress;
  const [from, to] = [podProbe(cluster, source), podProbe(cluster, destination)];
  const listened = listenedPorts(cluster, destination);
  const allowed = pair?.allowed ?? (isOpen ? 'all' : portSet([]));
  const ports = [...listened, ...unlistenedPorts(pair, flavour)];
  return unique(ports).map((port) => expect(cluster, { from, to, ends: DIRECTIONS }, port, allowed));
}

/** A list that leaves out its ports means those that are listened to, so others say nothing about it. */
function unlistenedPorts(pair: Pair | undefined, flavour: Flavour): readonly Port[] {
  if (pair === undefined) return [NOBODYS];
  return flavour === 'asks' ? [] : [NOBODYS, ...boundsOf(pair.allowed)];
}

function ofProbe(
  edges: Edges,
  cluster: Cluster,
  {
    workload,
    direction,
    probe,
  }: { readonly workload: ClusterWorkload; readonly direction: Direction; readonly probe: Probe },
): readonly Expectation[] {
  const own = edges.outside.filter((row) => row.workload === workload.id && row.direction === direction);
  const rows = own.filter(({ peer }) => matchesOutside(peer, workload.namespace, probe));
  const isClosed = edges.isolation.get(workload.id)?.[direction] === true;
  const allowed = isClosed ? unionAll([portSet([]), ...rows.map((row) => row.allowed)]) : 'all';
  const listened = direction === 'Ingress' ? listenedPorts(cluster, workload) : DNS;
  const ports = unique([NOBODYS, ...listened, ...own.flatMap((row) => boundsOf(row.allowed))]);
  const self = podProbe(cluster, workload);
  const [from, to] = direction === 'Ingress' ? [probe, self] : [self, probe];
  return ports.map((port) => expect(cluster, { from, to, ends: [direction] }, port, allowed));
}

interface Try {
  readonly from: Probe;
  readonly to: Probe;
  readonly ends: readonly Direction[];
}

function expect(cluster: Cluster, { from, to, ends }: Try, { protocol, port }: Port, allowed: PortSet): Expectation {
  const flow = { source: endpointOf(cluster, from), destination: endpointOf(cluster, to), protocol, port };
  return {
    name: `${from.name} -> ${to.name} ${portKey({ protocol, port })}`,
    flow,
    ends,
    allowed: hasPort(allowed, protocol, port),
  };
}

function endpointOf(cluster: Cluster, probe: Probe): Endpoint {
  if (probe.kind === 'ip') return { kind: 'ip', address: probe.address };
  const { namespace, labels, namespaceLabels } = probe;
  return { kind: 'pod', namespace, labels, namespaceLabels, ports: cluster.workloads.get(probe.name)?.ports ?? [] };
}

/** First and last port of each range. */
function boundsOf(ports: PortSet): readonly Port[] {
  if (ports === 'all') return [];
  return ports.flatMap(({ protocol, port, endPort }) => [
    { protocol, port },
    { protocol, port: endPort },
  ]);
}

function unique(ports: readonly Port[]): readonly Port[] {
  return [...new Map(ports.map((port) => [portKey(port), port])).values()];
}
