import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runClient } from '../survival/run-client.ts';
import { ROOT } from '../tools.ts';

/**
 * Makes a bare repository, ready to be served as files, with one commit of the project as it is now: what is not
 * committed yet is tested too.
 */
export function cloneSources(repository: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'postern-sources-'));
  const listed = git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
  for (const file of files) cpSync(join(ROOT, file), join(folder, file));
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(
    folder,
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@example.com',
    'commit',
    '--quiet',
    '--message',
    'As it is',
  );
  git(folder, 'clone', '--quiet', '--bare', '.', repository);
  git(repository, 'update-server-info');
  rmSync(folder, { recursive: true });
}

function git(cwd: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = runClient('git', words, { cwd });
  assert.equal(status, 0, `git ${words.join(' ')}: ${stderr}`);
  return stdout;
}
