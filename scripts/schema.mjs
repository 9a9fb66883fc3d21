// Writes schema/networkpolicygenerator.v1alpha1.json from the config's zod schema; a test fails when it is stale.
import { mkdir, writeFile } from 'node:fs/promises';
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
const { configJsonSchema } = await import(`data:text/javascript;base64,${code}`);
await mkdir(new URL('schema/', root), { recursive: true });
const file = new URL('schema/networkpolicygenerator.v1alpha1.json', root);
await writeFile(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
console.log(`wrote ${file.pathname.slice(root.pathname.length)}`);
