// node bench/matrix.mjs: how long `postern matrix` and `postern explain` take, cold, on finished builds of many workloads.
//   --sizes 500,5000   numbers of workloads
//   --rounds 3         of which the median is told
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeGenerated, makeMixed } from './clusters.mjs';
import { measure } from './measure.mjs';
import { CONTESTANTS, prepare } from './prepare.mjs';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '500,5000' }, rounds: { type: 'string', default: '3' } },
});

if (prepare()) inTemporaryFolder(bench);
else process.exitCode = 1;

function inTemporaryFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bench(folder) {
  const { postern } = CONTESTANTS;
  console.log(['cluster', 'workloads', 'input', 'command', 'wall', 'cpu', 'memory'].join('\t'));
  for (const size of values.sizes.split(',').map(Number)) {
    const clusters = { generated: makeGenerated(size, postern), mixed: makeMixed(size) };
    for (const [name, text] of Object.entries(clusters)) {
      const file = join(folder, `${name}.yaml`);
      writeFileSync(file, text);
      const [from, to] = name === 'mixed' ? ['team-1/app-1', 'team-2/app-4'] : ['team-0000/service-01', 'database'];
      const commands = {
        matrix: [...postern, 'matrix'],
        'matrix, merged': [...postern, 'matrix', '--detail', 'merged'],
        'matrix, json': [...postern, 'matrix', '--format', 'json'],
        // Its status says whether the connection is allowed, which is not what is measured.
        explain: ['sh', '-c', `"$@" || [ $? = 3 ]`, 'sh', ...postern, 'explain', from, to],
      };
      const megabytes = `${(statSync(file).size / 1e6).toFixed(1)} MB`;
      for (const [command, { wall, cpu, peak }] of Object.entries(measure(commands, file, Number(values.rounds)))) {
        console.log(
          [
            name,
            size,
            megabytes,
            command,
            `${Math.round(wall)} ms`,
            `${Math.round(cpu)} ms`,
            `${Math.round(peak / 1e6)} MB`,
          ].join('\t'),
        );
      }
    }
  }
}
