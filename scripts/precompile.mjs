// Has V8 keep what it made of dist/postern.js, for the Node that runs this: runs it on what most inputs look like, since
// V8 keeps the functions that were called, and which of them ran often.
//   node scripts/precompile.mjs [FILE]     of another copy of the program
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const INPUTS = join(import.meta.dirname, 'program', 'warm-up');
/** Of the usual kind, beside the odd ones of list.yaml: 100 items with them. */
const APPLICATIONS = 20;
/** What only some users have, for the rooms that it opens. */
const OF_ROOMS = join(INPUTS, 'rooms');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  precompile(resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist', 'postern.js')));
}

export function precompile(program) {
  // Given as files, so that reading files is among them.
  for (const input of filesIn(OF_ROOMS)) run(program, [input], '');
  // Every start reads this one, so it holds what most runs call.
  rmSync(join(folderOf(program), 'program'));
  run(program, [], usualList());
  run(program, [], readInput('stream.yaml'));
}

function usualList() {
  const application = readInput('parts/application.yaml');
  const applications = Array.from({ length: APPLICATIONS }, (_, number) => {
    const next = (number + 1) % APPLICATIONS;
    return application.replaceAll('NAME', `app-${number}`).replaceAll('NEXT', `app-${next}`);
  });
  return readInput('list.yaml').replace('functionConfig:', `${applications.join('')}functionConfig:`);
}

function readInput(name) {
  return readFileSync(join(INPUTS, name), 'utf8');
}

function filesIn(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((name) => join(folder, name));
}

function run(program, words, input) {
  // Options of V8 are part of what it keeps.
  const { NODE_OPTIONS: _, ...env } = process.env;
  const settings = { input, env: { ...env, POSTERN_PRECOMPILE: '1' }, encoding: 'utf8' };
  const { status, stderr } = spawnSync(process.execPath, [program, ...words], settings);
  if (status !== 0) throw new Error(`precompiling failed with ${status} at ${words.join(' ') || input}:\n${stderr}`);
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
