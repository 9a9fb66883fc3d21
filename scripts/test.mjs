// npm test: installs what is missing, builds, runs every test, and ends with the line "N passed, N failed".
//   --update      rewrites golden files that are stale (their tests still fail: review the diff)
//   --grep TEXT   runs only the tests whose title matches, and names them
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildFunction, buildModules, installDependencies, ROOT } from './prepare.mjs';

const { values } = parseArgs({ options: { update: { type: 'boolean', default: false }, grep: { type: 'string' } } });
const isCi = process.env.CI === 'true';

process.chdir(ROOT);
// Only the flag rewrites, not a variable that an earlier command left behind.
process.env.POSTERN_UPDATE = values.update ? '1' : '';

if (installDependencies() && buildModules() && buildFunction()) await runTests();
else finish(0, 1);

async function runTests() {
  const { default: Mocha } = await import('mocha');
  // No time limit: how long a machine takes says nothing about the code.
  const mocha = new Mocha({ timeout: 0, forbidOnly: isCi, ...reportOf(values.grep) });
  for (const file of testFiles()) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const skipped = [];
  const runner = mocha.run((failures) => {
    const { passes } = runner.stats;
    // Nothing to run is what a typing mistake looks like, not a success.
    const unrun = passes + failures === 0 ? 1 : 0;
    for (const title of skipped) console.log(`SKIPPED: ${title}`);
    if (skipped.length > 0) console.log(`${skipped.length} skipped${isCi ? ': failures in CI' : ''}\n`);
    finish(passes, failures + unrun + (isCi ? skipped.length : 0));
  });
  runner.on('pending', (test) => skipped.push(test.fullTitle()));
}

function reportOf(grep) {
  return grep === undefined ? { reporter: 'dot' } : { reporter: 'spec', grep };
}

/** By their sources, so that what an earlier build left behind does not run. */
function testFiles() {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true }).filter((name) => name.endsWith('.test.ts'));
  return files.sort().map((name) => join(ROOT, 'build', 'test', name.replace(/\.ts$/, '.js')));
}

function finish(passed, failed) {
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}
