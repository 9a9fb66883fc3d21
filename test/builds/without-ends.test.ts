import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ROOT } from '../tools.ts';

describe('the ends of comments in code that a comment is to hold', () => {
  const table: Readonly<Record<string, string>> = {
    'a="*/b"': 'a="*\\/b"',
    'a=`*/b`': 'a=`*\\/b`',
    'a=/x*/.exec(b)': 'a=/x*(?:)/.exec(b)',
    'a=/\\/\\*/g,b="*/"': 'a=/\\/\\*(?:)/g,b="*\\/"',
  };
  let withoutEnds: (code: string) => Promise<string>;
  before(async () => {
    ({ withoutEnds } = await import(join(ROOT, 'scripts', 'program', 'without-ends.mjs')));
  });

  for (const [code, wanted] of Object.entries(table)) {
    it(`are spelled otherwise in ${code}`, async () => assert.equal(await withoutEnds(code), wanted));
  }

  for (const code of ['a=/[*/]/', 'a=b*/c/.d', 'a=1/*!b*/+2']) {
    it(`stay in ${code}`, async () => assert.equal(await withoutEnds(code), code));
  }
});
