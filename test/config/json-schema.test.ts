import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { configJsonSchema } from '../../src/parse/config/json-schema.ts';

const FILE = 'schema/networkpolicygenerator.v1alpha1.json';

describe('the JSON schema of the config', () => {
  it('is what the code says: run "node scripts/schema.mjs" after a change', async () => {
    assert.equal(await readFile(FILE, 'utf8'), `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  });

  it('describes every field', () => {
    const silent: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties') silent.push(...undescribed(value, path));
        visit(value, `${path}/${key}`);
      }
    };
    visit(configJsonSchema(), '');
    assert.deepEqual(silent, []);
  });
});

function undescribed(properties: Record<string, object>, path: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => ('description' in schema ? [] : [`${path}/${name}`]));
}
