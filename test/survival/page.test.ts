import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertGolden } from '../golden/golden-file.ts';
import { ROOT } from '../tools.ts';
import { printRows } from './print-rows.ts';
import { readRows } from './row.ts';

const DOCS = join(ROOT, 'docs');
const TABLE = /(?<=<!-- table -->\n)[\s\S]*(?=\n<!-- end of table -->)/;

describe('docs/survival.md', () => {
  const page = readFileSync(join(DOCS, 'survival.md'), 'utf8');

  it('has a row for each row that is tested, and says of it what the test holds', () => {
    assert.match(page, TABLE);
    assertGolden(
      DOCS,
      'survival.md',
      page.replace(TABLE, () => printRows(readRows())),
    );
  });

  it('names the flags and clients that skip the function in silence', () => {
    assert.match(page, /`--enable-alpha-plugins` alone/);
    assert.match(page, /`kubectl kustomize`/);
  });
});
