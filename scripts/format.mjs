// Formats the project's files and applies the lint rules' safe fixes.
import { spawnSync } from 'node:child_process';
import { installDependencies, ROOT } from './prepare.mjs';

if (!installDependencies()) process.exit(1);
const { status } = spawnSync('npx', ['--no-install', 'biome', 'check', '--write'], { cwd: ROOT, stdio: 'inherit' });
process.exitCode = status ?? 1;
