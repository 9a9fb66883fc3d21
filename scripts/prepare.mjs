// What the other scripts need before they start, so that each of them works in a fresh clone.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Installs the locked dependencies where they are missing or of other versions. Returns whether all is well. */
export function installDependencies() {
  if (isInstalled()) return true;
  process.stderr.write('installing the dependencies (npm ci)\n');
  return run('npm ci', 'npm', ['ci', '--no-audit', '--no-fund']);
}

/** Checks the types and builds `build/`: everything in `src` and `test`, file by file. */
export function buildModules() {
  return compile();
}

/** Builds `build/` for those who only run it. */
export function buildModulesUnchecked() {
  return compile('--noCheck');
}

function compile(...options) {
  return run('compiling', process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), ...options]);
}

/** Builds `dist/`: what is published. */
export function buildFunction() {
  return run('bundling', process.execPath, [join(ROOT, 'scripts', 'build.mjs')]);
}

/** Runs a step that says nothing unless it fails. */
function run(step, command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (status === 0) return true;
  process.stderr.write(`${step} failed:\n${error?.message ?? ''}${stdout ?? ''}${stderr ?? ''}\n`);
  return false;
}

/** Optional packages are for other systems, so they may be missing. */
function isInstalled() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

function packagesOf(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
