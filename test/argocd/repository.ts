import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runClient } from '../survival/run-client.ts';

/** The files of a repository by their paths; values that are no text are written as JSON, which is YAML. */
export type Files = Readonly<Record<string, unknown>>;

const made: string[] = [];

after(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** Makes a git repository of one commit, and answers its URL. It is gone when the tests end. */
export function makeRepository(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'postern-repository-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message=All');
  return `file://${folder}`;
}

function git(cwd: string, ...words: string[]): void {
  const { status, stderr } = runClient('git', words, { cwd });
  assert.equal(status, 0, stderr);
}
