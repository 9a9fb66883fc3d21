import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { POSTERN } from '../tools.ts';
import { withFolder } from './build-tree.ts';
import { DATA } from './row.ts';
import { type ClientRun, runClient } from './run-client.ts';

/** A kpt package in a folder of its own, with the functions that its pipeline names on PATH. */
export interface KptPackage {
  readonly folder: string;
  /** Where `--results-dir` points. */
  readonly results: string;
  /** Runs kpt beside the package, which is called `package`. */
  run(...args: readonly string[]): ClientRun;
}

const RENDER: readonly string[] = ['fn', 'render', 'package', '--allow-exec', '--results-dir', 'results'];

/** Makes the package of testdata with a pipeline of these functions, for the time of one call. */
export function withPackage(kpt: string, pipeline: readonly string[], use: (shop: KptPackage) => void): void {
  withFolder((root) => {
    const folder = join(root, 'package');
    cpSync(join(DATA, 'kpt', 'package'), folder, { recursive: true });
    writeFileSync(join(folder, 'Kptfile'), kptfile(pipeline));
    const bin = join(root, 'bin');
    mkdirSync(bin);
    symlinkSync(POSTERN, join(bin, 'postern'));
    for (const name of ['set-labels', 'set-namespace']) {
      symlinkSync(join(DATA, 'kpt', 'functions', `${name}.mjs`), join(bin, name));
    }
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` };
    use({ folder, results: join(root, 'results'), run: (...args) => runClient(kpt, args, { cwd: root, env }) });
  });
}

/** Renders a package in place. */
export function render(shop: KptPackage): ClientRun {
  return shop.run(...RENDER);
}

/** The text of every file of a package, by its path. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The objects of a package as one stream of YAML. */
export function streamOf(folder: string): string {
  const files = Object.entries(filesOf(folder)).filter(([path]) => path.endsWith('.yaml'));
  return files.map(([, text]) => text).join('\n---\n');
}

function kptfile(pipeline: readonly string[]): string {
  const entries = pipeline.map(
    (name) => `  - exec: ${name}\n${name === 'postern' ? '    configPath: netpol.yaml\n' : ''}`,
  );
  const head = 'apiVersion: kpt.dev/v1\nkind: Kptfile\nmetadata:\n  name: shop\npipeline:\n  mutators:\n';
  return `${head}${entries.join('')}`;
}
