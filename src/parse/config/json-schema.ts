import * as z from 'zod/mini';
import { documentSchema, KIND } from './schema.ts';

/** The JSON schema of the config, which editors complete and check it with. */
export function configJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(documentSchema, { target: 'draft-7', io: 'input' });
  return {
    $schema,
    title: KIND,
    description: 'Config of Postern, which writes NetworkPolicies from annotations.',
    ...schema,
  };
}
