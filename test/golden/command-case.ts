import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readIfPresent, TESTDATA } from './golden-case.ts';

/** A folder with a command line and what must come of it. testdata/README.md says which files it may hold. */
export interface CommandCase {
  /** The folder's path below testdata, with forward slashes. */
  readonly name: string;
  readonly folder: string;
  /** The words of `command.txt`, told apart by spaces. */
  readonly words: readonly string[];
  readonly stdin: string;
}

/** Every folder below testdata that holds a `command.txt`, in the order of their names. */
export function findCommandCases(): readonly CommandCase[] {
  return readdirSync(TESTDATA, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name === 'command.txt')
    .map(({ parentPath: folder }) => ({
      name: relative(TESTDATA, folder).split(sep).join('/'),
      folder,
      words: readFileSync(join(folder, 'command.txt'), 'utf8').trim().split(/\s+/),
      stdin: readIfPresent(join(folder, 'stdin.yaml')) ?? '',
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
