import * as z from 'zod/mini';
import { MESH_NAMES, type MeshName } from '../../model/mesh.ts';
import { field, mappingOf, namespaceName, oneOf, required } from './schema-parts.ts';
import { listSchema, type RawList } from './schema-peers.ts';

/** `mesh`, checked for its shape. */
export type RawMesh = MeshName | 'none' | RawMeshMapping;

export interface RawMeshMapping {
  readonly name: MeshName;
  readonly proxyPort?: number | undefined;
  readonly controlPlane?: string | undefined;
  readonly meshed?: RawList | undefined;
  readonly unmeshed?: RawList | undefined;
  readonly metrics?: RawList | undefined;
}

const wantPort = 'a port number from 1 to 65535';

/** The mesh by its name, or with what else must be known of it. */
export const meshSchema: z.ZodMiniType<RawMesh> = z.union(
  [
    oneOf([...MESH_NAMES, 'none']),
    mappingOf(
      {
        name: required(oneOf(MESH_NAMES), 'The mesh.'),
        proxyPort: field(
          z.int({ error: wantPort }).check(z.minimum(1, { error: wantPort }), z.maximum(65535, { error: wantPort })),
          "Linkerd: the proxies' inbound port, where the installation changed it. Default: 4143.",
        ),
        controlPlane: field(namespaceName, 'Namespace of the control plane. Default: linkerd, or istio-system.'),
        meshed: field(listSchema, 'Pods in the mesh that no label or annotation of the input tells, such as "shop/*".'),
        unmeshed: field(listSchema, 'Pods outside the mesh that no label or annotation of the input tells.'),
        metrics: field(
          listSchema,
          "Who may read the proxies' metrics. Default: Prometheus in linkerd-viz for Linkerd, else nobody.",
        ),
      },
      'a mapping with "name"',
    ),
  ],
  { error: `one of ${MESH_NAMES.join(', ')}, none, or a mapping with "name"` },
);
