// Checks what a reviewer should not have to: formatting and lint rules, types, and that the schema is fresh.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, ROOT } from './prepare.mjs';

const GENERATED = ['schema/networkpolicygenerator.v1alpha1.json', 'src/parse/config/spec-shape.ts'];

const checks = {
  'npx biome check': () => run('npx', '--no-install', 'biome', 'check', '--error-on-warnings'),
  'npx tsc --noEmit': () => run('npx', '--no-install', 'tsc', '--noEmit'),
  'npx tsc --noEmit -p src/page': () => run('npx', '--no-install', 'tsc', '--noEmit', '-p', 'src/page'),
  'node scripts/schema.mjs (the schema was stale and is rewritten: review the diff)': isSchemaFresh,
};

process.exitCode = installDependencies() ? lint() : 1;

function lint() {
  const failed = Object.entries(checks).flatMap(([name, check]) => (check() ? [] : [name]));
  for (const name of failed) console.error(`lint: failed: ${name}`);
  if (failed.length === 0) console.log('lint: clean');
  return failed.length === 0 ? 0 : 1;
}

function isSchemaFresh() {
  const texts = () =>
    GENERATED.map((path) => join(ROOT, path)).map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : ''));
  const before = texts();
  return run(process.execPath, join('scripts', 'schema.mjs')) && texts().every((text, index) => text === before[index]);
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
}
