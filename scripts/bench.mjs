// npm run bench: Postern beside a Go function and the TypeScript SDK, on inputs that it makes itself.
//   --short      one run at the small sizes, which checks what comes out and says nothing of time; for CI
//   --starts     only how Postern starts, on each version of Node that npm run tools installed
//   --matrix     the commands that look at policies instead, on 500 and 5,000 workloads (bench/matrix.mjs)
//   --profile    a CPU profile of Postern at 10,000 items, for a browser's developer tools
//   --write      also rewrites the tables of docs/speed.md and its plot
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeFanIn, makeInput } from '../bench/inputs.mjs';
import { measure, runOnce } from '../bench/measure.mjs';
import { BARE_NODE, CONTESTANTS, prepare } from '../bench/prepare.mjs';
import { ROOT } from './prepare.mjs';

/** Rounds by size: the shorter a run, the more of them it takes to know its median. */
const ROUNDS = { 0: 31, 100: 21, 1000: 11, 10000: 5, 100000: 1 };
const SHORT = [0, 100, 1000];
const FAN_IN_ROUNDS = 7;

const { values: asked } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    starts: { type: 'boolean', default: false },
    matrix: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

if (asked.matrix) process.exitCode = benchMatrix();
else if (prepare()) await inTemporaryFolder(workOf(asked));
else process.exitCode = 1;

function workOf({ short, starts, profile: profiles }) {
  if (short) return checkShort;
  if (starts) return benchStarts;
  return profiles ? profile : bench;
}

function benchMatrix() {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'bench', 'matrix.mjs')], { stdio: 'inherit' });
  return status ?? 1;
}

async function inTemporaryFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'));
  try {
    await work(folder);
  } catch (error) {
    console.error(`bench: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeInput(folder, name, text) {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, text);
  return file;
}

async function checkShort(folder) {
  const { checkOutput } = await import('../bench/check.mjs');
  for (const size of SHORT) {
    const input = writeInput(folder, 'input', makeInput(size));
    for (const [name, command] of Object.entries(CONTESTANTS)) {
      const output = join(folder, `${name}.yaml`);
      runOnce(command, input, output);
      checkOutput(name, input, output);
    }
    console.log(`bench: ${size} items: what ${Object.keys(CONTESTANTS).join(', ')} wrote is right`);
  }
}

async function benchStarts(folder) {
  const tables = { machine: describeMachine(), starts: await tableOfStarts(folder) };
  console.log(`\n${Object.values(tables).join('\n\n')}`);
}

async function tableOfStarts(folder) {
  const { startTable } = await import('../bench/tables.mjs');
  const { measureStarts } = await import('../bench/starts.mjs');
  process.stderr.write('bench: the start on each version of Node\n');
  return startTable(measureStarts(folder, (size) => writeInput(folder, 'input', makeInput(size))));
}

async function bench(folder) {
  const { measurementTable, targetTable } = await import('../bench/tables.mjs');
  const at = {};
  for (const [size, rounds] of Object.entries(ROUNDS)) {
    const commands = size === '0' ? { node: BARE_NODE, ...CONTESTANTS } : CONTESTANTS;
    at[size] = measureAt(folder, `${size} items`, makeInput(Number(size)), commands, rounds);
  }
  at.unlike = measureAt(folder, '10,000 unlike items', makeInput(10000, { unlike: true }), CONTESTANTS, ROUNDS[10000]);
  at.fanIn = measureAt(folder, '2,000 callers', makeFanIn(2000), CONTESTANTS, FAN_IN_ROUNDS);
  at.merge = { postern: { wall: timeMerge() } };
  const tables = {
    machine: describeMachine(),
    measured: measurementTable(at),
    targets: targetTable(at),
    starts: await tableOfStarts(folder),
  };
  console.log(`\n${Object.values(tables).join('\n\n')}`);
  if (asked.write) await writePage(tables, at);
}

/** The median of several processes, since a process does it once. */
function timeMerge() {
  const run = () => Number(execFileSync(process.execPath, [join(ROOT, 'bench', 'merge.mjs')], { encoding: 'utf8' }));
  const times = Array.from({ length: FAN_IN_ROUNDS }, run).sort((a, b) => a - b);
  return times[FAN_IN_ROUNDS >> 1];
}

function describeMachine() {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const go = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout.trim();
  const busy = `${loadavg()[0].toFixed(1)} processes at work on it in the last minute`;
  return `${cpus().length} cores of ${cpu.model.trim()}, ${memory}, ${type()}; Node ${process.version.slice(1)}, ${go}; ${busy}.`;
}

/** Each table stands in the page between two comments of its name. */
async function writePage(tables, at) {
  const { plot } = await import('../bench/plot.mjs');
  const page = join(ROOT, 'docs', 'speed.md');
  let text = readFileSync(page, 'utf8');
  for (const [name, table] of Object.entries(tables)) {
    const between = new RegExp(`(<!-- ${name} -->\\n)[^]*?(\\n<!-- /${name} -->)`);
    text = text.replace(between, (_, begin, end) => `${begin}${table}${end}`);
  }
  writeFileSync(page, text);
  writeFileSync(join(ROOT, 'docs', 'speed.svg'), plot(at));
}

function measureAt(folder, what, text, commands, rounds) {
  process.stderr.write(`bench: ${what}, ${(text.length / 1e6).toFixed(1)} MB, ${rounds} rounds\n`);
  return measure(commands, writeInput(folder, 'input', text), rounds);
}

function profile(folder) {
  const input = writeInput(folder, 'input', makeInput(10000));
  const [node, script] = CONTESTANTS.postern;
  const options = ['--cpu-prof', `--cpu-prof-dir=${ROOT}`, '--cpu-prof-name=postern.cpuprofile'];
  const { status } = spawnSync('sh', ['-c', '"$@" < "$0" > /dev/null', input, node, ...options, script], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('the profiled run failed');
  console.log('bench: wrote postern.cpuprofile: open it in the Performance panel of a browser, or in an editor');
}
