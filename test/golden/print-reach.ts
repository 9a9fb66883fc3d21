import type { Row } from './reach-rows.ts';

/**
 * The table as text: by destination, the sources and the ports on which they reach it. The most frequent answer stands
 * for everyone whom no line names, so that a table of a thousand pairs can be read.
 */
export function printReach(rows: readonly Row[]): string {
  const compared = rows.some(({ handWritten }) => handWritten !== undefined);
  const header = columns('who reaches whom', ...(compared ? ['generated', 'hand-written', 'difference'] : ['ports']));
  return [header, ...printBlocks(rows), ...printDifferences(rows)].join('\n');
}

/** Destinations with the same answers share a block. */
function printBlocks(rows: readonly Row[]): readonly string[] {
  const blocks = new Map<string, string[]>();
  for (const name of new Set(rows.map(({ destination }) => destination))) {
    const answers = printAnswers(rows.filter(({ destination }) => destination === name));
    blocks.set(answers, [...(blocks.get(answers) ?? []), name]);
  }
  return [...blocks].map(([answers, names]) => `${names.join('\n')}\n${answers}\n`);
}

function printAnswers(rows: readonly Row[]): string {
  const answers = [...new Set(rows.map(answerOf))].map((answer) => rows.filter((row) => answerOf(row) === answer));
  const [most = []] = answers.sort((a, b) => b.length - a.length);
  const rest = most.length < 3 ? [] : most;
  const named = rows.filter((row) => !rest.includes(row)).map((row) => printRow(`  ${row.source}`, row));
  const everyone = rest.length === rows.length ? '  everyone' : '  everyone else';
  return [...named, ...rest.slice(0, 1).map((row) => printRow(everyone, row))].join('\n');
}

function answerOf({ generated, handWritten, difference }: Row): string {
  return [generated, handWritten, difference?.name].join(' ');
}

function printRow(label: string, { generated, handWritten, difference }: Row): string {
  return columns(
    label,
    generated,
    ...(handWritten === undefined ? [] : [handWritten]),
    difference?.name ?? '',
  ).trimEnd();
}

const WIDTHS: readonly number[] = [42, 20, 20];

function columns(...cells: readonly string[]): string {
  return cells.map((cell, index) => (index < cells.length - 1 ? `${cell} `.padEnd(WIDTHS[index] ?? 0) : cell)).join('');
}

function printDifferences(rows: readonly Row[]): readonly string[] {
  const differences = [...new Set(rows.flatMap(({ difference }) => difference ?? []))].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return differences.map(({ name, why }) => `${name}: ${why.trim().replace(/\s+/g, ' ')}\n`);
}
