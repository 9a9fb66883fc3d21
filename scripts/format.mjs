// Formats the project's files and applies the lint rules' safe fixes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (...args) =>
  spawnSync(args[0], args.slice(1), { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status;

const installed = existsSync(join(root, 'node_modules', '.package-lock.json')) || run('npm', 'ci') === 0;
process.exitCode = installed ? (run('npx', '--no-install', 'biome', 'check', '--write') ?? 1) : 1;
