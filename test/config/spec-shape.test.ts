import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { specShapeModule } from '../../src/parse/config/json-schema.ts';
import { matchesShape, type Shape } from '../../src/parse/config/matches-shape.ts';
import { specSchema } from '../../src/parse/config/schema.ts';
import { SPEC_PARTS, SPEC_SHAPE } from '../../src/parse/config/spec-shape.ts';

const RUNS = Number(process.env['POSTERN_RUNS'] ?? 200);
const KEYWORDS: readonly string[] = [
  ...['type', '$ref', 'allOf', 'anyOf', 'enum', 'pattern', 'minimum', 'maximum', 'items', 'minItems'],
  ...['properties', 'required', 'additionalProperties'],
];

describe('the shape of the config', () => {
  it('is what the schema says: run "node scripts/schema.mjs" after a change', async () => {
    assert.equal(await readFile('src/parse/config/spec-shape.ts', 'utf8'), specShapeModule());
  });

  it('has no keyword that is not read', () => {
    const visit = (shape: Shape): void => {
      assert.deepEqual(
        Object.keys(shape).filter((key) => !KEYWORDS.includes(key)),
        [],
      );
      for (const part of partsOf(shape)) visit(part);
    };
    for (const part of [SPEC_SHAPE, ...Object.values(SPEC_PARTS)]) visit(part);
  });

  it('lets through what zod lets through, unchanged', () => {
    let passed = 0;
    fc.assert(
      fc.property(valueFor(SPEC_SHAPE), (value) => {
        const checked = z.safeParse(specSchema, value);
        assert.equal(matchesShape(value, SPEC_SHAPE, SPEC_PARTS), checked.success);
        if (!checked.success) return;
        passed += 1;
        assert.deepEqual(checked.data, value);
      }),
      { numRuns: RUNS * 10 },
    );
    assert.ok(passed > RUNS && passed < RUNS * 10, `${passed} of ${RUNS * 10} passed`);
  });
});

function partsOf({ allOf, anyOf, items, properties, additionalProperties }: Shape): Shape[] {
  return [
    ...[...(allOf ?? []), ...(anyOf ?? []), ...Object.values(properties ?? {})],
    ...[items, additionalProperties].filter((part) => typeof part === 'object'),
  ];
}

/** Values that mostly have a shape. */
function valueFor(shape: Shape): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, '', 'A', 'a b', '8080', 0, 1.5, 65536, -1, true, [], {}, [[]], { x: 1 }),
    fc.constantFrom<unknown>('a'.repeat(64), 'a.b', 'x/', 'in', 'Ingress', Number.NaN, [null], {
      matchLabels: { a: 1 },
    }),
  );
  return fc.oneof({ weight: 40, arbitrary: fitting(shape) }, { weight: 1, arbitrary: odd });
}

function fitting(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.$ref !== undefined) return fitting(SPEC_PARTS[shape.$ref] as Shape);
  const alternatives = shape.allOf ?? shape.anyOf;
  if (alternatives !== undefined) return fc.oneof(...alternatives.map((part) => valueFor(part)));
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  if (shape.type === 'boolean') return fc.boolean();
  if (shape.type === 'integer') return fc.integer({ min: shape.minimum ?? 0, max: shape.maximum ?? 9 });
  if (shape.type === 'array') {
    return fc.array(valueFor(shape.items as Shape), { minLength: shape.minItems ?? 0, maxLength: 2 });
  }
  if (shape.type === 'object') return mappingOf(shape);
  return fc.constantFrom('a', 'shop', 'x-1', 'example.com/', 'spec.template', 'Deployment', '10.0.0.0/8');
}

function mappingOf({ properties = {}, required = [], additionalProperties }: Shape): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([key, part]) => [key, valueFor(part)]));
  const others =
    typeof additionalProperties === 'object'
      ? fc.dictionary(fc.constantFrom('a', 'b/c', '1'), valueFor(additionalProperties), {
          noNullPrototype: true,
        })
      : fc.oneof({ weight: 60, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.constant({ unknown: 1 }) });
  const some = fc.subarray(Object.keys(properties)).chain((keys) => {
    const kept = Object.entries(known).filter(([key]) => keys.includes(key) || required.includes(key));
    return fc.record(Object.fromEntries(kept), { noNullPrototype: true });
  });
  return fc.tuple(some, others).map(([mapping, more]) => ({ ...mapping, ...more }));
}
