import { warnMeshControlPlane } from './mesh-control-plane.ts';
import { warnMeshedByHand } from './mesh-hand-written.ts';
import { warnMeshUnknown } from './mesh-unknown.ts';
import { warnMeshWaypoints } from './mesh-waypoint.ts';
import { noteMeshWidens } from './mesh-widens.ts';
import { warnMeshWithoutDns } from './mesh-without-dns.ts';
import type { Finished, Warning } from './warning.ts';

const WARNINGS: readonly Warning[] = [
  warnMeshedByHand,
  warnMeshUnknown,
  warnMeshControlPlane,
  warnMeshWithoutDns,
  warnMeshWaypoints,
  noteMeshWidens,
];

/** The warnings about the mesh that the config names. */
export function warnOfMesh(finished: Finished): void {
  for (const warning of WARNINGS) warning(finished);
}
