import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { configJsonSchema } from '../../src/parse/config/json-schema.ts';
import { printProblems, read, readSpec } from './read.ts';

const PAGE = 'docs/config.md';

describe('docs/config.md', () => {
  it('has only configs that are read without problems', async () => {
    const { documents, specs } = await examples();
    assert.ok(documents.length >= 3 && specs.length >= 19);
    for (const document of documents) assert.deepEqual(printProblems(read(document).problems), [], document);
    for (const spec of specs) assert.deepEqual(printProblems(readSpec(spec).problems), [], spec);
  });

  it('has only configs that the JSON schema accepts', async () => {
    const { documents, specs } = await examples();
    const validate = new Ajv({ strict: true, strictTypes: false }).compile(configJsonSchema());
    const generators = documents.map((document) => load(document)).filter((document) => !isConfigMap(document));
    assert.ok(generators.length >= 2);
    for (const value of [...generators, ...specs.map(documentOf)]) {
      assert.ok(validate(value), `${JSON.stringify(value)}\n${JSON.stringify(validate.errors)}`);
    }
    assert.ok(!validate(documentOf('onwer: x')), 'the schema must refuse an unknown field');
    assert.ok(
      !validate(documentOf('peers: {x: {namespac: shop}}')),
      'the schema must refuse an unknown field of a peer',
    );
  });

  it('has a section with an example, and a row of the table, for each field', async () => {
    const page = await readFile(PAGE, 'utf8');
    const fields = fieldsOf(configJsonSchema());
    assert.ok(fields.length >= 19);
    for (const name of fields) {
      assert.ok(page.includes(`| [\`${name}\`](#${name.toLowerCase()}) |`), `a row for ${name}`);
      const section = page.split(/^### /m).find((text) => text.startsWith(`${name}\n`)) ?? '';
      assert.match(section, new RegExp(`\`\`\`yaml\\n${name}:`), `an example of ${name}`);
    }
  });
});

/** The blocks of the page: whole documents, and pieces of a `spec`. */
async function examples(): Promise<{ documents: string[]; specs: string[] }> {
  const blocks = Array.from(
    (await readFile(PAGE, 'utf8')).matchAll(/^```yaml\n(.*?)^```$/gms),
    ([, text = '']) => text,
  );
  const isDocument = (block: string) => /^apiVersion:/m.test(block);
  return { documents: blocks.filter(isDocument), specs: blocks.filter((block) => !isDocument(block)) };
}

function documentOf(spec: string): unknown {
  const kind = 'NetworkPolicyGenerator';
  return { apiVersion: 'postern.dev/v1alpha1', kind, metadata: { name: 'netpol' }, spec: load(spec) };
}

function isConfigMap(document: unknown): boolean {
  return (document as { readonly kind?: string }).kind === 'ConfigMap';
}

/** Names of the fields of `spec` in the JSON schema. */
function fieldsOf(schema: object): string[] {
  const { properties } = schema as { readonly properties: { readonly spec: { readonly properties: object } } };
  return Object.keys(properties.spec.properties);
}
