// Checks what a reviewer should not have to: formatting and lint rules, types, and that generated files are fresh.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const run = (command, ...args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
};

if (!existsSync(join(root, 'node_modules', '.package-lock.json')) && !run('npm', 'ci')) process.exit(1);

const checks = {
  'npx biome check': () => run('npx', '--no-install', 'biome', 'check', '--error-on-warnings'),
  'npx tsc --noEmit': () => run('npx', '--no-install', 'tsc', '--noEmit'),
};
if (existsSync(join(root, 'scripts', 'schema.mjs'))) {
  checks['node scripts/schema.mjs --check'] = () => run(process.execPath, 'scripts/schema.mjs', '--check');
}

const failed = Object.entries(checks)
  .filter(([, check]) => !check())
  .map(([name]) => name);
for (const name of failed) console.error(`lint: failed: ${name}`);
if (failed.length === 0) console.log('lint: clean');
process.exitCode = failed.length === 0 ? 0 : 1;
