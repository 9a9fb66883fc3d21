import type { Config } from '../model/config.ts';
import { says } from '../model/dialect.ts';
import type { RulePeer } from '../policy/peer.ts';
import { podsOf } from '../policy/peer.ts';
import { ipBlock } from './ip-blocks.ts';

/** The pods of NodeLocal DNSCache where it is not on its node's network. */
const CACHE = [{ key: 'k8s-app', operator: 'In', values: ['node-local-dns'] }] as const;

/**
 * NodeLocal DNSCache: its address. A dialect that knows ends by what they are may know it as a pod, as the pod's own
 * node, or as an address outside, and that may change when an agent restarts: all three are needed.
 */
export function nodeLocalPeers({ dns, dialect }: Config): readonly RulePeer[] {
  const blocks = dns.nodeLocal.map((cidr) => ipBlock(cidr, []));
  if (blocks.length === 0 || !says(dialect, 'nodes')) return blocks;
  return [podsOf('kube-system', CACHE, ''), { kind: 'entity', entity: 'host' } as const, ...blocks].filter(
    (peer) => peer !== undefined,
  );
}
