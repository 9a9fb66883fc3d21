import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTERN } from '../tools.ts';
import { assertSound, postern, shell } from './postern.ts';

const HEAD = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n';
const ITEM = '- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a}\n  data:\n    text: |\n      ---\n      - x\n';
const SMALL = `${HEAD}${ITEM}`;
/** More than any pipe takes at once. */
const LARGE = `${HEAD}${ITEM.repeat(20_000)}`;

describe('stdout', () => {
  it('takes 100,000 lines whole', () => {
    const { status, stdout } = postern([], LARGE);
    assert.equal(status, 0);
    assert.ok(stdout === LARGE);
  });

  it('takes 100,000 lines whole through a pipe that is read slowly and does not block', function () {
    if (shell('python3 --version').status !== 0) return this.skip();
    const reader =
      'const {readSync}=require("fs");let n=0;const b=Buffer.alloc(4096);for(;;){const r=readSync(0,b);if(!r)break;n+=r}console.log(n)';
    const nonBlocking = `python3 -c 'import os,sys; os.set_blocking(1, False); os.execvp(sys.argv[1], sys.argv[1:])'`;
    const { stdout, status } = shell(
      `set -o pipefail; ${nonBlocking} $POSTERN | ${process.execPath} -e '${reader}'`,
      LARGE,
    );
    assert.equal(stdout.trim(), String(LARGE.length));
    assert.equal(status, 0);
  });

  it('that is closed is an error', () => {
    const outcome = shell('$POSTERN >&-', SMALL);
    assertSound(outcome);
    assert.equal(outcome.status, 1);
    assert.match(outcome.stderr, /stdout must take the whole output, but it was closed \[unwritable-output\]/);
  });

  it('that closes early is an error', () => {
    const { stdout, stderr } = shell('$POSTERN | head -c 10 > /dev/null; echo $PIPESTATUS', LARGE);
    assert.equal(stdout, '1\n');
    assert.match(stderr, /\[unwritable-output\]/);
  });

  it('on a full disk is an error', function () {
    if (!existsSync('/dev/full')) return this.skip();
    const outcome = shell('$POSTERN > /dev/full', SMALL);
    assertSound(outcome);
    assert.equal(outcome.status, 1);
  });

  it('may be thrown away', () => {
    assert.deepEqual(shell('$POSTERN > /dev/null', SMALL), { status: 0, stdout: '', stderr: '' });
  });
});

describe('stderr', () => {
  it('may be closed', () => {
    assert.deepEqual(shell('$POSTERN 2>&-', SMALL), { status: 0, stdout: SMALL, stderr: '' });
    assert.equal(shell('$POSTERN 2>&-', '').status, 1);
  });
});

describe('stdin', () => {
  it('that is closed is empty', () => {
    const outcome = shell('$POSTERN <&-');
    assertSound(outcome);
    assert.match(outcome.stderr, /\[empty-input\]/);
  });

  it('that is a folder cannot be read', () => {
    const outcome = shell('$POSTERN < /');
    assertSound(outcome);
    assert.match(outcome.stderr, /\[unreadable-file\]/);
  });
});

describe('a terminal as stdin', () => {
  it('gets the help instead of a wait', function () {
    if (shell('script --version').status !== 0) return this.skip();
    const { stdout } = shell('script -qec "$POSTERN" /dev/null < /dev/null');
    assert.match(stdout, /Usage:\r\n {2}postern/);
    assert.equal(shell('script -qec "$POSTERN" /dev/null < /dev/null').status, 2);
  });
});

describe('the built file', () => {
  it('runs with nothing beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-'));
    try {
      copyFileSync(POSTERN, join(folder, 'postern.js'));
      const { status, stdout } = shell(`cd ${folder} && ./postern.js`, SMALL);
      assert.deepEqual({ status, stdout }, { status: 0, stdout: SMALL });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
