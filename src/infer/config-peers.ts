import type { AliasPeer } from '../model/config.ts';
import type { Place, Report } from '../model/problem.ts';
import type { RulePeer } from '../policy/peer.ts';
import { wordless } from './outside-words.ts';
import { aliasPeer, type Names, resolveItem } from './resolve-item.ts';
import type { ResolvedItem, ResolvedPeer } from './resolved.ts';
import { peerOfWorkload } from './subject.ts';

/** What the config itself names at a place of its own, such as the name servers. */
export function resolveOfConfig(peer: AliasPeer, names: Names, place: Place, report: Report): ResolvedItem[] {
  // The config belongs to no namespace, so what it names is named with its namespace.
  const speaker = { resource: undefined, namespace: '', writtenBy: 'config' } as const;
  if (peer.kind === 'items') return peer.items.flatMap((item) => resolveItem(item, speaker, names, place, report));
  const { dialect } = names.cluster.config;
  const resolved = aliasPeer(peer, dialect);
  if (resolved === undefined && peer.kind === 'cidrs') {
    report({ ...place, severity: 'error', ...wordless(peer, dialect, undefined) });
  }
  return resolved === undefined ? [] : [{ peer: resolved, ports: peer.ports, aliasPorts: true }];
}

/** A resolved peer as the peers of a rule that belongs to no namespace. */
export function peersOfConfig(peer: ResolvedPeer): readonly RulePeer[] {
  if (peer.kind === 'outside') return peer.peers;
  if (peer.kind === 'podSet') return [{ ...peer, kind: 'pods' }];
  return peer.workloads.flatMap((workload) => peerOfWorkload(workload, '') ?? []);
}
