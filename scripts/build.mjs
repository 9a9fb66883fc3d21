// Bundles dist/postern.js: one file that runs on Node 20 and later with nothing beside it, and starts quicker with what V8
// made of it.
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
import { forgetCompiled, isPrecompiled, precompile } from './precompile.mjs';
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
    'scripts/lower-loops.mjs',
    'scripts/precompile.mjs',
    'scripts/program',
  ].map((name) => join(ROOT, name));
  return existsSync(output) && Math.max(...sources.map(newest)) < statSync(output).mtimeMs;
}

async function build() {
  if (!installDependencies()) process.exit(1);
  const { build: bundle } = await import('esbuild');
  const { lowerLoops } = await import('./lower-loops.mjs');
  const plugins = [lowerLoops(join(ROOT, 'tsconfig.json'), join(ROOT, 'src'))];
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(join(ROOT, 'dist/package.json'), '{"type":"commonjs"}\n');
  await buildProgram(bundle, version, plugins);
  await buildKptFunc(bundle, version, plugins);
  // The SDK's own types say all that there is to say.
  writeFileSync(join(ROOT, 'dist/kpt-func.d.ts'), KPT_FUNC_TYPES);
}

const KPT_FUNC_TYPES = `import type { KptFunc } from 'kpt-functions';

/** The generator as a function of the kpt-functions SDK. */
export declare const generateNetworkPolicies: KptFunc;
`;

async function buildProgram(bundle, version, plugins) {
  const { buildPage } = await import('./graph-page.mjs');
  const { buildWithRooms } = await import('./cold-rooms.mjs');
  const { assemble } = await import('./program/assemble.mjs');
  const page = await buildPage(bundle);
  const options = optionsFor('main.ts', version, plugins);
  options.define.POSTERN_GRAPH_PAGE = JSON.stringify(page.html);
  // Node reads and V8 scans the whole file at each start: this is a fifth less of it.
  options.minifyIdentifiers = true;
  const { code, rooms, metafile } = await buildWithRooms(options);
  // What is inside, for the image's bill of materials: of the page too.
  for (const output of Object.values(metafile.outputs)) Object.assign(output.inputs, page.inputs);
  forgetCompiled(output);
  write('postern.js', await assemble(code, rooms), metafile);
}

async function buildKptFunc(bundle, version, plugins) {
  const { outputFiles, metafile } = await bundle(optionsFor('adapters/kpt-func.ts', version, plugins));
  write('kpt-func.js', outputFiles[0].text, metafile);
}

function optionsFor(entry, version, plugins) {
  return {
    entryPoints: [join(ROOT, 'src', entry)],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    // Node reads and V8 compiles one byte for each character where all are ASCII, and two where one is not.
    charset: 'ascii',
    define: { POSTERN_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
    metafile: true,
    plugins,
  };
}

/** Writes one bundle, beside and renamed, so that a test that runs at the same time never sees half a file. */
function write(name, text, metafile) {
  const draft = join(ROOT, `dist/.${process.pid}-${name}`);
  writeFileSync(join(ROOT, 'dist', `${name}.meta.json`), JSON.stringify(metafile));
  writeFileSync(draft, text);
  chmodSync(draft, 0o755);
  renameSync(draft, join(ROOT, 'dist', name));
}

if (!isUpToDate()) await build();
if (!isPrecompiled(output)) precompile(output);
