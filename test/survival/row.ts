import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { ROOT } from '../tools.ts';

/** Where in a build the function is; `again`: in the base, and once more in the outermost overlay, with one owner. */
export type Placement = 'base' | 'component' | 'outermost' | 'again';

export const PLACEMENTS: readonly Placement[] = ['base', 'component', 'outermost', 'again'];

/** What an overlay does to the names of a workload. */
export interface Rename {
  readonly namespace?: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** What comes of the function at one placement, as the page says it. */
export interface Outcome {
  /** One cell of the page's table. Absent: the connections survive. */
  readonly says?: string;
  /** The build fails, and a problem with this code is on stderr. */
  readonly refused?: string;
  /** The build succeeds, and a problem with this code is on stderr. */
  readonly warned?: string;
}

/** One thing that people do above or beside the function: a folder of testdata/survival/rows. */
export interface Row {
  readonly name: string;
  readonly folder: string;
  readonly title: string;
  /** A folder of testdata/survival/apps. */
  readonly app: string;
  /** Text of the output that shows that the overlay did its work. */
  readonly wrapped: string;
  /** Names under which the app is in the output: one entry for each time that it is built. */
  readonly renames: readonly Rename[];
  readonly outcomes: Readonly<Record<Placement, Outcome>>;
}

export const DATA: string = join(ROOT, 'testdata', 'survival');

interface WrittenRow {
  readonly title: string;
  readonly app: string;
  readonly wrapped: string;
  readonly renames?: readonly Rename[];
  readonly outcomes?: Partial<Record<Placement, Outcome>>;
}

/** All rows, found by their folders. */
export function readRows(): readonly Row[] {
  const rows = join(DATA, 'rows');
  return readdirSync(rows)
    .sort()
    .map((name) => {
      const folder = join(rows, name);
      const written = load(readFileSync(join(folder, 'row.yaml'), 'utf8')) as WrittenRow;
      const outcomes = { base: {}, component: {}, outermost: {}, again: {}, ...written.outcomes };
      return { renames: [{}], ...written, outcomes, name, folder };
    });
}

/** Lines of a table, without comments. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}
