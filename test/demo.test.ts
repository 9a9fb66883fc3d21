import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './tools.ts';

describe('npm run demo', () => {
  let output: string;

  before(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'demo.mjs')], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    output = stdout;
  });

  it("shows the playbook's matrix: 6 of 7 by hand, 7 of 7 generated", () => {
    assert.match(output, /^ +passed +6 of 7 +7 of 7$/m);
    assert.match(output, /^ +my-web-client +myapp-api +8080 +allow +deny {2}\(wrong\) +allow$/m);
  });

  it('shows the policies that came out', () => {
    assert.match(output, /^ {2}kind: NetworkPolicy$/m);
    assert.match(output, /^ {2}myapp-staging\/default-deny +nothing in, nothing out$/m);
  });

  it('shows who still reaches a store', () => {
    assert.match(output, /^ {2}data-layer\/qdrant +6333-6334 +myapp-staging\/myapp-workers$/m);
  });

  it('leaves a page behind that pictures it', () => {
    const [, page = ''] = /^ {2}Open this file in a browser: (\S+)$/m.exec(output) ?? [];
    assert.match(readFileSync(page, 'utf8'), /"myapp-staging\/myapp-workers"/);
  });

  it('fits a terminal, and has colours only there', () => {
    assert.deepEqual(
      output.split('\n').filter((line) => line.length >= 100 || line.includes('\u001b')),
      [],
    );
  });
});
