import type { IdentityConfig } from '../../model/identity.ts';
import type { MeshConfig } from '../../model/mesh.ts';
import { readRanges } from './read-range.ts';
import type { RawIdentity } from './schema-identity.ts';
import { reportAt, type Spot, within } from './spot.ts';

const EVERYWHERE: readonly string[] = ['0.0.0.0/0', '::/0'];

/** Reads `identity`, which asks for authorization policies. Identities are those of a mesh. */
export function readIdentity(raw: RawIdentity, mesh: MeshConfig | undefined, spot: Spot): IdentityConfig {
  const { name, trustDomain, networks } = typeof raw === 'string' ? { name: raw } : raw;
  const meshes = name === 'linkerd' ? ['linkerd'] : ['istio', 'istio-ambient'];
  if (mesh?.kind !== 'mesh' || !meshes.includes(mesh.name)) {
    const must = `must stand beside ${meshes.map((word) => `"mesh: ${word}"`).join(' or ')}, whose identities they are`;
    reportAt(spot, { code: 'identity-without-mesh', must, got: name });
  }
  const wrong = (field: string, value: unknown, other: string): void => {
    if (value === undefined || name !== other) return;
    reportAt(within(spot, field), { code: 'invalid-field', must: `must not be said for ${other}` });
  };
  wrong('trustDomain', trustDomain, 'linkerd');
  wrong('networks', networks, 'istio');
  return {
    name,
    trustDomain: trustDomain ?? 'cluster.local',
    networks: networks === undefined ? EVERYWHERE : readRanges(networks, within(spot, 'networks')),
  };
}
