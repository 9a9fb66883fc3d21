import type { Item } from '../../model/declaration.ts';
import type { LabelSelector } from '../../model/label-selector.ts';
import type { Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import { peerKey, type RulePeer } from '../../policy/peer.ts';
import { namespaceNamed } from '../../policy/selector.ts';
import { namespaceLabels } from '../cluster.ts';
import { membersOf, type Names, resolveItem } from '../resolve-item.ts';

/** What one of the config's lists, `meshed` or `unmeshed`, names. */
export interface NamedPods {
  /** Workloads that are named, or selected by a label. */
  readonly workloads: ReadonlySet<Workload>;
  readonly namespaces: (namespace: string) => boolean;
  /** Peers that are named in these very words, by `keyFor`. */
  readonly peers: ReadonlySet<string>;
}

/** Both lists. */
export type MeshLists = Readonly<Record<'meshed' | 'unmeshed', NamedPods>>;

/** What the lists say; `unmeshed` names exceptions of what `meshed` names. */
export function wordOf({ meshed, unmeshed }: MeshLists, names: (list: NamedPods) => boolean): boolean | undefined {
  if (names(unmeshed)) return false;
  return names(meshed) ? true : undefined;
}

/** Resolves one of the lists. Its names belong to no namespace, or to the config's. */
export function namePods(items: readonly Item[], field: string, names: Names, report: Report): NamedPods {
  const { cluster } = names;
  const namespace = cluster.config.namespace ?? '';
  const place = { ...cluster.config.place, field: `spec.mesh.${field}` };
  const workloads = new Set<Workload>();
  const spaces: LabelSelector[] = [];
  const peers = new Set<string>();
  for (const item of items) {
    const speaker = { resource: undefined, namespace, writtenBy: 'config' } as const;
    for (const { peer } of resolveItem(item, speaker, names, place, report)) {
      if (peer.kind === 'outside') {
        const message = `must name pods, got "${item.text}", which stands for addresses`;
        report({ ...place, code: 'invalid-field', severity: 'error', message, got: item.text });
        continue;
      }
      if (peer.kind === 'podSet') peers.add(keyFor({ ...peer, kind: 'pods' }, namespace));
      if (peer.kind === 'podSet' && peer.podSelector.length === 0) {
        spaces.push(peer.namespaceSelector ?? namespaceNamed(namespace));
      } else for (const workload of membersOf(cluster, peer, namespace)) workloads.add(workload);
    }
  }
  return {
    workloads,
    namespaces: (name) => spaces.some((space) => selects(space, namespaceLabels(cluster, name))),
    peers,
  };
}

/** A peer as it is called from anywhere: with the namespace that it means where it says none. */
export function keyFor(peer: RulePeer, viewer: string): string {
  if (peer === 'all' || peer.kind !== 'pods') return peerKey(peer);
  return peerKey({ ...peer, namespaceSelector: peer.namespaceSelector ?? namespaceNamed(viewer) });
}
