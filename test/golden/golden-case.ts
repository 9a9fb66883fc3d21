import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../tools.ts';

/** Where the cases are. */
export const TESTDATA: string = join(ROOT, 'testdata');

/** A folder with an input and what must come of it. testdata/README.md says which files it may hold. */
export interface GoldenCase {
  /** The folder's path below testdata, with forward slashes. */
  readonly name: string;
  readonly folder: string;
  readonly input: string;
  /** The function's config, where the input does not carry it. */
  readonly config: string | undefined;
}

/** Every folder below testdata that holds an `input.yaml`, in the order of their names. */
export function findCases(folder: string = TESTDATA): readonly GoldenCase[] {
  const names = readdirSync(folder, { withFileTypes: true, recursive: true });
  return names
    .filter((entry) => entry.isFile() && entry.name === 'input.yaml')
    .map((entry) => readCase(entry.parentPath))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads the case of one folder. */
export function readCase(folder: string): GoldenCase {
  return {
    name: relative(TESTDATA, folder).split(sep).join('/'),
    folder,
    input: readFileSync(join(folder, 'input.yaml'), 'utf8'),
    config: readIfPresent(join(folder, 'config.yaml')),
  };
}

/** A file's text; undefined where there is none. */
export function readIfPresent(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
