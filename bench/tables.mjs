import { TARGETS } from './targets.mjs';

/** Inputs that are not called by their size. */
const INPUTS = { unlike: '10,000 unlike', fanIn: '2,000 callers' };
const NAMES = { node: 'node -e 0', postern: 'Postern', kyaml: 'Go (kyaml)', sdk: 'kpt-functions' };

/** The measurements as a table in Markdown. `at`: by size, then by contestant. */
export function measurementTable(at) {
  const { merge: _, ...runs } = at;
  const rows = Object.entries(runs).flatMap(([size, contestants]) =>
    Object.entries(contestants).map(([name, { wall, cpu, peak }]) => [
      INPUTS[size] ?? Number(size).toLocaleString('en'),
      NAMES[name],
      `${wall.toFixed(0)} ms`,
      `${cpu.toFixed(0)} ms`,
      `${(peak / 1e6).toFixed(0)} MB`,
      contestants.kyaml === undefined ? '' : `${(wall / contestants.kyaml.wall).toFixed(2)}x`,
    ]),
  );
  return table(['items', 'function', 'wall', 'CPU', 'peak memory', 'over Go'], rows);
}

/** The targets beside what was measured. Wall time counts; the processor's time says how much of it others took. */
export function targetTable(at) {
  const rows = TARGETS.map(({ name, unit, must, aim, of }) => {
    const [wall, cpu] = ['wall', 'cpu'].map((by) => of(at, by));
    const verdict = wall <= aim ? 'aim' : wall <= must ? 'must' : 'missed';
    const byCpu = unit !== 'x' ? '' : `${cpu.toPrecision(3)} ${unit}`;
    return [name, `${must} ${unit}`, `${aim} ${unit}`, `${wall.toPrecision(3)} ${unit}`, byCpu, verdict];
  });
  return table(['target', 'must', 'aim', 'wall', 'CPU', 'reached'], rows);
}

/** How it starts by version of Node, with its compiled code beside it and without, over bare Node or the Go peer. */
export function startTable(starts) {
  const rows = starts.flatMap(({ version, ...at }) =>
    Object.entries(at).flatMap(([size, { node, plain, compiled, kyaml }]) => {
      const [of, name] = size === '0' ? [node, 'node -e 0'] : [kyaml, 'Go (kyaml)'];
      const cells = (taken) => [
        timesOf(taken),
        `${(taken.wall / of.wall).toFixed(2)}x`,
        `${(taken.cpu / of.cpu).toFixed(2)}x`,
      ];
      return [[version, size, `${name}: ${timesOf(of)}`, ...cells(compiled), ...cells(plain)]];
    }),
  );
  const ratios = ['over it', 'by CPU'];
  const head = ['Node', 'items', 'beside (wall, CPU)', 'compiled', ...ratios, 'not compiled', ...ratios];
  return table(head, rows);
}

function timesOf({ wall, cpu }) {
  return `${wall.toFixed(0)}, ${cpu.toFixed(0)} ms`;
}

function table(head, rows) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
