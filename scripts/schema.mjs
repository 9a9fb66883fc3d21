// Writes what is generated from the config's zod schema: the JSON schema for editors, and the shape that the function
// checks a config with before it asks zod. `npm run lint` and a test fail when they are stale.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const built = await build({
  entryPoints: [new URL('src/parse/config/json-schema.ts', root).pathname],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const code = Buffer.from(built.outputFiles[0].contents).toString('base64');
const { configJsonSchema, specShapeModule } = await import(`data:text/javascript;base64,${code}`);
await write('schema/networkpolicygenerator.v1alpha1.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
await write('src/parse/config/spec-shape.ts', specShapeModule());

async function write(path, text) {
  const file = new URL(path, root);
  await mkdir(dirname(file.pathname), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${path}`);
}
