import assert from 'node:assert/strict';
import fc from 'fast-check';
import { run } from '../../src/run.ts';
import { declared } from './arbitrary-declarations.ts';
import { writeConfig, writeObjects, writeStream } from './write-input.ts';

/** What people and templates leave where something else belongs. */
const ODD: readonly unknown[] = [
  null,
  '',
  'x',
  '{{ x }}',
  0,
  -1,
  1.5,
  true,
  [],
  [null],
  {},
  { '': null },
  [[]],
  'a: b',
];

describe('values of the wrong type', () => {
  it('are problems, never a crash', () => {
    const mutated = declared.chain((cluster) => {
      const objects = JSON.parse(JSON.stringify(writeObjects(cluster))) as object[];
      const paths = pathsOf(objects);
      return fc.tuple(
        fc.constant(cluster),
        fc.constant(objects),
        fc.array(fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...ODD)), { minLength: 1, maxLength: 2 }),
      );
    });
    fc.assert(
      fc.property(mutated, ([cluster, objects, changes]) => {
        const changed = changes.reduce<unknown>(
          (value, [path, odd]) => replaceAt(value, path, odd),
          objects,
        ) as object[];
        const input = writeStream(changed);
        const result = run({ input, config: { text: writeConfig(cluster), file: 'config.yaml' } });
        assert.equal(
          result.failed,
          result.problems.some(({ severity }) => severity === 'error'),
        );
        if (result.failed) assert.ok(result.output === input || result.output === '');
        else assert.ok(result.output.startsWith(input));
      }),
      { numRuns: 500 },
    );
  });
});

type Path = readonly (string | number)[];

/** The places of every value inside a value, but those of whole objects. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const found = inner.flatMap(([key, each]) => pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]));
  return path.length < 2 ? found : [path, ...found];
}

/** A copy with another value at a place, where that place is still there. */
function replaceAt(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  if (typeof value !== 'object' || value === null || !(key in value)) return value;
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? replaceAt(each, rest, odd) : each));
  return { ...value, [key]: replaceAt((value as Record<string, unknown>)[key], rest, odd) };
}
