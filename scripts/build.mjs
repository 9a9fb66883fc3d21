// Bundles dist/postern.js: one file that runs on Node 20 and later with nothing beside it.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { installDependencies, ROOT } from './prepare.mjs';

const output = join(ROOT, 'dist/postern.js');

/** When the newest of some files and folders was written. */
function newest(path) {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isUpToDate() {
  const sources = [
    'src',
    'package.json',
    'package-lock.json',
    'scripts/build.mjs',
    'scripts/cold-rooms.mjs',
    'scripts/graph-page.mjs',
  ].map((name) => join(ROOT, name));
  return existsSync(output) && Math.max(...sources.map(newest)) < statSync(output).mtimeMs;
}

async function build() {
  if (!installDependencies()) process.exit(1);
  const { build: bundle } = await import('esbuild');
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(join(ROOT, 'dist/package.json'), '{"type":"commonjs"}\n');
  const { buildWithRooms } = await import('./cold-rooms.mjs');
  const banner = { js: '#!/usr/bin/env node' };
  const { buildPage } = await import('./graph-page.mjs');
  const page = await buildPage(bundle);
  await write('main.ts', 'postern.js', { banner }, { bundle: buildWithRooms, version, page });
  await write('adapters/kpt-func.ts', 'kpt-func.js', {}, { bundle, version });
  // The SDK's own types say all that there is to say.
  writeFileSync(join(ROOT, 'dist/kpt-func.d.ts'), KPT_FUNC_TYPES);
}

const KPT_FUNC_TYPES = `import type { KptFunc } from 'kpt-functions';

/** The generator as a function of the kpt-functions SDK. */
export declare const generateNetworkPolicies: KptFunc;
`;

/** Writes one bundle, beside and renamed, so that a test that runs at the same time never sees half a file. */
async function write(entry, name, options, { bundle, version, page }) {
  const draft = join(ROOT, `dist/.${process.pid}-${name}`);
  const { metafile } = await bundle({
    entryPoints: [join(ROOT, 'src', entry)],
    outfile: draft,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    // Node reads and V8 compiles one byte for each character where all are ASCII, and two where one is not.
    charset: 'ascii',
    define: {
      POSTERN_VERSION: JSON.stringify(version),
      ...(page && { POSTERN_GRAPH_PAGE: JSON.stringify(page.packed) }),
    },
    logLevel: 'warning',
    metafile: true,
    ...options,
  });
  // What is inside, for the image's bill of materials: of the page too.
  for (const output of Object.values(metafile.outputs)) Object.assign(output.inputs, page?.inputs);
  writeFileSync(join(ROOT, 'dist', `${name}.meta.json`), JSON.stringify(metafile));
  chmodSync(draft, 0o755);
  renameSync(draft, join(ROOT, 'dist', name));
}

if (!isUpToDate()) await build();
