// Packs dist/postern-helm-VERSION.tgz: the plugin for Helm 4 with the one file that it runs, so that nothing is built
// where it is installed. Helm wants the folder in the archive to be called as the archive is without its version.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunction, installDependencies, ROOT } from './prepare.mjs';

const NAME = 'postern-helm';

process.exitCode = installDependencies() && buildFunction() && (await pack()) ? 0 : 1;

async function pack() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const archive = `${NAME}-${version}.tgz`;
  const staging = mkdtempSync(join(ROOT, 'dist', '.helm-'));
  try {
    await stage(join(staging, NAME));
    const draft = join(staging, archive);
    const { status, stderr } = spawnSync('tar', ['-czf', draft, '-C', staging, NAME], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`tar failed: ${stderr}`);
    renameSync(draft, join(ROOT, 'dist', archive));
    console.log(`wrote dist/${archive}`);
    return true;
  } finally {
    rmSync(staging, { recursive: true });
  }
}

async function stage(folder) {
  const { load, dump } = await import('js-yaml');
  const plugin = load(readFileSync(join(ROOT, 'plugin.yaml'), 'utf8'));
  delete plugin.runtimeConfig.platformHooks;
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'plugin.yaml'), dump(plugin));
  for (const file of ['LICENSE', 'dist/postern.js', 'dist/package.json']) cpSync(join(ROOT, file), join(folder, file));
}
