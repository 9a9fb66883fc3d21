import type { Item } from '../../model/declaration.ts';
import type { MeshConfig } from '../../model/mesh.ts';
import { readList } from './read-list.ts';
import type { RawMesh, RawMeshMapping } from './schema-mesh.ts';
import type { RawList } from './schema-peers.ts';
import { reportAt, type Spot, within } from './spot.ts';

/** Linkerd's own dashboard reads the metrics of every proxy. */
const LINKERD_VIZ = 'linkerd-viz/component=prometheus';

/** Reads `mesh`. */
export function readMesh(raw: RawMesh, spot: Spot): MeshConfig {
  if (raw === 'none') return { kind: 'none' };
  const said: RawMeshMapping = typeof raw === 'string' ? { name: raw } : raw;
  checkFields(said, spot);
  return {
    kind: 'mesh',
    name: said.name,
    proxyPort: said.proxyPort,
    controlPlane: said.controlPlane,
    meshed: readPods(said.meshed, within(spot, 'meshed')),
    unmeshed: readPods(said.unmeshed, within(spot, 'unmeshed')),
    metrics: readScrapers(said, within(spot, 'metrics')),
  };
}

function checkFields({ name, proxyPort, metrics }: RawMeshMapping, spot: Spot): void {
  const wrong = (field: string, why: string): void => {
    reportAt(within(spot, field), { code: 'invalid-field', must: `must not be said for ${name}, ${why}` });
  };
  if (proxyPort !== undefined && name !== 'linkerd') wrong('proxyPort', 'whose port is fixed');
  if (metrics !== undefined && name === 'istio-ambient') wrong('metrics', 'whose pods have no proxy of their own');
}

/** A pod is in the mesh as a whole, and addresses are not pods. */
function readPods(raw: RawList | undefined, spot: Spot): readonly Item[] {
  const items = readList(raw, 'empty', spot) ?? [];
  for (const { text, ports, peer } of items) {
    const isPods = peer.kind === 'keyword' ? PODS.includes(peer.keyword) : peer.kind !== 'cidr' && peer.kind !== 'host';
    const must = ports === undefined ? 'must name pods' : 'must have no ports, since a pod is meshed as a whole';
    if (!isPods || ports !== undefined) reportAt(spot, { code: 'invalid-field', must, got: text });
  }
  return items;
}

const PODS: readonly string[] = ['namespace', 'cluster'];

/** The ports are those of the proxies. */
function readScrapers({ name, metrics }: RawMeshMapping, spot: Spot): readonly Item[] {
  const items = readList(metrics ?? (name === 'linkerd' ? LINKERD_VIZ : undefined), 'none', spot) ?? [];
  for (const { text } of items.filter(({ ports }) => ports !== undefined)) {
    reportAt(spot, { code: 'invalid-field', must: 'must have no ports, which are those of the proxies', got: text });
  }
  return items.filter(({ peer }) => peer.kind !== 'keyword' || peer.keyword !== 'none');
}
