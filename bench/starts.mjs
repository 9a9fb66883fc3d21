// How Postern starts on each version of Node that `npm run tools` installed, with and without its compiled code.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../scripts/prepare.mjs';
import { measure } from './measure.mjs';
import { CONTESTANTS } from './prepare.mjs';

const MAJORS = ['20', '22', '24', '26'];
const ROUNDS = { 0: 31, 100: 21 };

/** `writeInput(size)` answers a file. What was taken, by version, size and name. */
export function measureStarts(folder, writeInput) {
  return nodes().map((node) => {
    const commands = commandsOf(node, folder);
    const at = Object.entries(ROUNDS).map(([size, rounds]) => [
      size,
      measure(commands, writeInput(Number(size)), rounds),
    ]);
    return { version: run(node, ['--version']).stdout.trim().slice(1), ...Object.fromEntries(at) };
  });
}

function nodes() {
  const installed = MAJORS.map((major) => join(ROOT, '.tools', 'bin', `node-${major}`)).filter((path) =>
    existsSync(path),
  );
  return installed.length > 0 ? installed : [process.execPath];
}

function commandsOf(node, folder) {
  const [plain, compiled] = ['plain', 'compiled'].map((name) => copyProgram(join(folder, name)));
  const { status, stderr } = run(node, [join(ROOT, 'scripts', 'precompile.mjs'), compiled]);
  if (status !== 0) throw new Error(stderr);
  return { node: [node, '-e', '0'], plain: [node, plain], compiled: [node, compiled], kyaml: CONTESTANTS.kyaml };
}

/** Without what lies beside it. */
function copyProgram(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of ['postern.js', 'package.json']) cpSync(join(ROOT, 'dist', name), join(folder, name));
  return join(folder, 'postern.js');
}

function run(command, args) {
  return spawnSync(command, args, { encoding: 'utf8' });
}
