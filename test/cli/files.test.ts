import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assertSound, type Outcome, postern } from './postern.ts';

const object = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
let folder = '';

function put(files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function run(...words: readonly string[]): Outcome {
  const outcome = postern(words, '', folder);
  assertSound(outcome);
  return outcome;
}

describe('files and folders', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('become one stream, in the order given', () => {
    put({ 'b.yaml': object('b'), 'a.yaml': object('a') });
    assert.equal(run('b.yaml', 'a.yaml', './b.yaml/../a.yaml').status, 1);
    assert.deepEqual(run('b.yaml', 'a.yaml'), { status: 0, stdout: `${object('b')}---\n${object('a')}`, stderr: '' });
  });

  it('of folders are sorted, without what is not theirs to read', () => {
    const skipped = {
      Kptfile: 'x',
      'kustomization.yaml': 'x',
      'c/kustomization.yml': 'x',
      'c/x.txt': 'x',
      '.git/x.yaml': 'x',
    };
    put({
      'c/2.json': '{"apiVersion":"v1","kind":"ConfigMap"}',
      'b.yml': object('b'),
      'a.yaml': object('a'),
      ...skipped,
    });
    const { status, stdout, stderr } = run('.');
    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(stdout, `${object('a')}---\n${object('b')}---\n{"apiVersion":"v1","kind":"ConfigMap"}`);
  });

  it('that are missing or unreadable are errors that name them', () => {
    put({ 'a.yaml': object('a'), 'empty/x.txt': '', 'latin1.yaml': Uint8Array.from([0x61, 0xe9]) });
    assert.match(
      run('a.yaml', 'no.yaml').stderr,
      /got "no.yaml": there is no such file \[unreadable-file\] \(no.yaml\)/,
    );
    assert.match(run('empty').stderr, /must hold a .yaml, .yml or .json file, got none in "empty"/);
    assert.match(run('latin1.yaml').stderr, /\[invalid-encoding\] \(latin1.yaml\)/);
    assert.match(run('a.yaml', '--config', 'no.yaml').stderr, /got "no.yaml"/);
  });

  it('that hold no object are errors with their file, line and item', () => {
    put({ 'a.yaml': object('a'), 'values.yaml': '# values\nreplicas: 1\n' });
    const { status, stderr } = run('.');
    assert.equal(status, 1);
    assert.match(stderr, /must have apiVersion and kind \(line 2, column 1\) \[invalid-item\] \(values.yaml, item 1\)/);
  });
});
