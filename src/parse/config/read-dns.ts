import type { Config } from '../../model/config.ts';
import { readPeer } from './read-peer.ts';
import { readRanges } from './read-range.ts';
import type { RawDns } from './schema.ts';
import type { RawPeerMapping } from './schema-peers.ts';
import { type Spot, within } from './spot.ts';

const KUBE_DNS: RawPeerMapping = {
  namespace: 'kube-system',
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
  ports: ['53/udp', '53/tcp'],
};

/** By name, the servers of distributions that have others. Their Service is on 53, their pods are not. */
const PRESETS: Readonly<Record<Extract<RawDns, string>, RawPeerMapping>> = {
  openshift: {
    namespace: 'openshift-dns',
    podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
    ports: ['5353/udp', '5353/tcp'],
  },
};

/** `dns`: the name of a preset, or servers. */
export function readDns(raw: RawDns = {}, spot: Spot): Config['dns'] {
  if (typeof raw === 'string') return { peers: readPeer(PRESETS[raw], spot), nodeLocal: [] };
  return {
    peers: readPeer(raw.peers ?? KUBE_DNS, within(spot, 'peers')),
    nodeLocal: readRanges(raw.nodeLocal ?? [], within(spot, 'nodeLocal')),
  };
}
