import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../tools.ts';
import { readIfPresent } from './golden-case.ts';

/**
 * Compares a text with a file of a case; an absent file is an empty text. With POSTERN_UPDATE=1 the file is rewritten,
 * and the test still fails: somebody has to look at what changed.
 */
export function assertGolden(folder: string, file: string, actual: string): void {
  const path = join(folder, file);
  const expected = readIfPresent(path) ?? '';
  if (actual === expected) return;
  if (process.env['POSTERN_UPDATE'] !== '1') {
    assert.equal(actual, expected, `${relative(ROOT, path)} is not what came out; "npm run update" rewrites it`);
  }
  if (actual === '') rmSync(path);
  else writeFileSync(path, actual);
  assert.fail(`${relative(ROOT, path)} rewritten: review the diff`);
}
