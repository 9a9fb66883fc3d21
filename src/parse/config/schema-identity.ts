import * as z from 'zod/mini';
import { IDENTITY_NAMES, type IdentityName } from '../../model/identity.ts';
import { field, mappingOf, oneOf, ranges, required, text } from './schema-parts.ts';

/** `identity`, checked for its shape. */
export type RawIdentity = IdentityName | RawIdentityMapping;

export interface RawIdentityMapping {
  readonly name: IdentityName;
  readonly trustDomain?: string | undefined;
  readonly networks?: readonly string[] | undefined;
}

/** Whose authorization policies are written, with what else must be known of them. */
export const identitySchema: z.ZodMiniType<RawIdentity> = z.union(
  [
    oneOf(IDENTITY_NAMES),
    mappingOf(
      {
        name: required(oneOf(IDENTITY_NAMES), 'Whose authorization policies are written.'),
        trustDomain: field(
          text('a trust domain such as "cluster.local"', /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/),
          'Istio: the trust domain of the mesh. Default: cluster.local.',
        ),
        networks: field(ranges, 'Linkerd: where pods without a proxy connect from. Default: anywhere.'),
      },
      'a mapping with "name"',
    ),
  ],
  { error: `one of ${IDENTITY_NAMES.join(', ')}, or a mapping with "name"` },
);
