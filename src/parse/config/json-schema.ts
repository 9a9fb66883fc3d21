import * as z from 'zod/mini';
import { KIND } from './document-type.ts';
import type { Definitions, Shape } from './matches-shape.ts';
import { documentSchema } from './schema.ts';

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

/** The text of `spec-shape.ts`: the JSON schema of `spec` without what is for people only. */
export function specShapeModule(): string {
  const { properties, definitions } = configJsonSchema() as {
    readonly properties: { readonly spec: Shape };
    readonly definitions: Definitions;
  };
  return [
    '// Generated from schema.ts by scripts/schema.mjs.',
    "import type { Definitions, Shape } from './matches-shape.ts';",
    '',
    '/** The shape of `spec`. */',
    `// biome-ignore format: generated`,
    `export const SPEC_SHAPE: Shape = ${JSON.stringify(pruned(properties.spec))};`,
    '',
    '/** The parts of it that are used more than once. */',
    `// biome-ignore format: generated`,
    `export const SPEC_PARTS: Definitions = ${JSON.stringify(pruned(definitions))};`,
    '',
  ].join('\n');
}

/** Every keyword that is left must be one that matchesShape knows: see Shape. */
function pruned(node: unknown, isNames = false): unknown {
  if (Array.isArray(node)) return node.map((part) => pruned(part));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => isNames || !['description', 'propertyNames'].includes(key));
  return Object.fromEntries(
    entries.map(([key, part]) => [
      key,
      key === '$ref' ? String(part).replace('#/definitions/', '') : pruned(part, key === 'properties'),
    ]),
  );
}
