// What the benchmark runs: the function, its peers, and the meter that measures them.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunction, buildModulesUnchecked, installDependencies, ROOT } from '../scripts/prepare.mjs';

const BIN = join(ROOT, '.tools', 'bench');
export const METER = join(BIN, 'meter');

/** Builds what is missing or stale. Returns whether all is well. */
export function prepare() {
  return (
    installDependencies() && buildFunction() && buildModulesUnchecked() && buildGo('meter') && buildGo('kyaml-peer')
  );
}

/** Those that are compared, by name: a command and its arguments. */
export const CONTESTANTS = {
  postern: [process.execPath, join(ROOT, 'dist', 'postern.js')],
  kyaml: [join(BIN, 'kyaml-peer')],
  sdk: [process.execPath, join(import.meta.dirname, 'sdk-peer.mjs')],
};

/** The same Node, doing nothing. */
export const BARE_NODE = [process.execPath, '-e', '0'];

function buildGo(name) {
  const folder = join(import.meta.dirname, name);
  const binary = join(BIN, name);
  const newest = Math.max(...readdirSync(folder).map((file) => statSync(join(folder, file)).mtimeMs));
  if (existsSync(binary) && statSync(binary).mtimeMs > newest) return true;
  const settings = { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' }, stdio: ['ignore', 'inherit', 'inherit'] };
  const { status, error } = spawnSync('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', binary, '.'], settings);
  if (error?.code === 'ENOENT')
    console.error('bench: Go is not on PATH; the peer is a Go function: https://go.dev/doc/install');
  return status === 0;
}
