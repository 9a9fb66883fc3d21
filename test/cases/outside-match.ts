import type { Requirement } from '../../src/model/label-selector.ts';
import { selects } from '../../src/policy/match-labels.ts';
import type { Cluster, ClusterWorkload, Labels } from './cluster.ts';
import type { OutsidePeer } from './edges.ts';

/** Somebody who tries to connect: a pod, or an address. */
export type Probe =
  | {
      readonly kind: 'pod';
      readonly name: string;
      readonly namespace: string;
      readonly labels: Labels;
      readonly namespaceLabels: Labels;
    }
  | { readonly kind: 'ip'; readonly name: string; readonly address: string };

/** A pod of a workload, as others see it. */
export function podProbe(cluster: Cluster, workload: ClusterWorkload): Probe {
  const { id, namespace, labels } = workload;
  return { kind: 'pod', name: id, namespace, labels, namespaceLabels: cluster.namespaceLabels.get(namespace) ?? {} };
}

/** Whether a peer of the table is this one. Pods have no address here: the table's evaluator reads ipBlocks so. */
export function matchesOutside(peer: OutsidePeer, speakerNamespace: string, probe: Probe): boolean {
  if (peer.kind === 'any') return true;
  if (peer.kind === 'cidr') return probe.kind === 'ip' && inBlock(peer, probe.address);
  if (probe.kind === 'ip') return false;
  const inNamespace =
    peer.namespaces === undefined
      ? probe.namespace === speakerNamespace
      : selects(peer.namespaces, probe.namespaceLabels);
  return inNamespace && selects(peer.pods, probe.labels);
}

/**
 * Those who may try: a stranger inside and one outside, the cluster's DNS, and for each peer that the table prints
 * somebody who is just that, with the addresses that it leaves out.
 */
export function probesOf(
  peers: readonly { readonly peer: OutsidePeer; readonly namespace: string }[],
  cluster: Cluster,
): readonly Probe[] {
  const probes: Probe[] = [
    { kind: 'ip', name: 'an address', address: '203.0.113.9' },
    pod('a stranger', 'elsewhere', { app: 'stranger' }, {}, cluster),
    pod('DNS', 'kube-system', { 'k8s-app': 'kube-dns' }, {}, cluster),
    ...peers.flatMap(({ peer, namespace }) => probesOfPeer(peer, namespace, cluster)),
  ];
  return [...new Map(probes.map((probe) => [JSON.stringify({ ...probe, name: '' }), probe])).values()];
}

function probesOfPeer(peer: OutsidePeer, namespace: string, cluster: Cluster): readonly Probe[] {
  if (peer.kind === 'any') return [];
  if (peer.kind === 'cidr') {
    const left = peer.except.map((cidr): Probe => ({ kind: 'ip', name: `in ${cidr}`, address: firstAddress(cidr) }));
    return [
      {
        kind: 'ip',
        name: `in ${peer.cidr}`,
        address: peer.cidr.startsWith('0.0.0.0/') ? '198.51.100.7' : firstAddress(peer.cidr),
      },
      ...left,
    ];
  }
  const namespaceLabels = peer.namespaces === undefined ? {} : labelsFor(peer.namespaces);
  const named =
    peer.namespaces === undefined
      ? namespace
      : (namespaceLabels['kubernetes.io/metadata.name'] ?? namespaceLabels['name'] ?? 'elsewhere');
  const labels = labelsFor(peer.pods);
  const name = `a pod of ${named} with ${JSON.stringify(labels)}`;
  return [pod(name, named, labels, namespaceLabels, cluster)];
}

function pod(name: string, namespace: string, labels: Labels, namespaceLabels: Labels, cluster: Cluster): Probe {
  const known = cluster.namespaceLabels.get(namespace) ?? { 'kubernetes.io/metadata.name': namespace };
  return { kind: 'pod', name, namespace, labels, namespaceLabels: { ...known, ...namespaceLabels } };
}

/** Labels that a selector takes. */
function labelsFor(requirements: readonly Requirement[]): Labels {
  const positive = requirements.filter(({ operator }) => operator === 'In' || operator === 'Exists');
  return Object.fromEntries(positive.map(({ key, values }) => [key, values[0] ?? 'any']));
}

function inBlock(block: { readonly cidr: string; readonly except: readonly string[] }, address: string): boolean {
  return inCidr(block.cidr, address) && !block.except.some((cidr) => inCidr(cidr, address));
}

/** IPv4 only, as the tables. */
function inCidr(cidr: string, address: string): boolean {
  const [network = '', length] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(toNumber(network) / size) === Math.floor(toNumber(address) / size);
}

function firstAddress(cidr: string): string {
  const [network = '', length] = cidr.split('/');
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(toNumber(network) / size) * size + 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.');
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
