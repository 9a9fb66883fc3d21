// Has V8 keep what it made of dist/postern.js, for the Node that runs this: runs it on what most inputs look like, since
// V8 keeps the functions that were called.
//   node scripts/precompile.mjs [FILE]     of another copy of the program
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const INPUTS = join(import.meta.dirname, 'program', 'warm-up');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  precompile(resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist', 'postern.js')));
}

export function precompile(program) {
  // Options of V8 are part of what it keeps.
  const { NODE_OPTIONS: _, ...env } = process.env;
  for (const name of readdirSync(INPUTS).sort()) {
    const input = readFileSync(join(INPUTS, name));
    const settings = { input, env: { ...env, POSTERN_PRECOMPILE: '1' }, encoding: 'utf8' };
    const { status, stderr } = spawnSync(process.execPath, [program], settings);
    if (status !== 0) throw new Error(`precompiling failed with ${status} at ${name}:\n${stderr}`);
  }
}

export function isPrecompiled(program) {
  return existsSync(join(folderOf(program), 'program'));
}

/** Removes what other programs left that were here. */
export function forgetCompiled(program) {
  const folder = dirname(program);
  const stale = readdirSync(folder).filter((name) => join(folder, name).startsWith(`${program}.compiled-`));
  for (const name of stale) rmSync(join(folder, name), { recursive: true });
}

/** As scripts/program/start.cjs has it. */
function folderOf(program) {
  return `${program}.compiled-${process.version}`;
}
