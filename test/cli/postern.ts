import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { POSTERN } from '../tools.ts';

/** What a process left behind. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command as users do. */
export function postern(words: readonly string[], stdin: string | Uint8Array = '', cwd?: string): Outcome {
  assert.ok(existsSync(POSTERN), `run npm run build: there is no ${POSTERN}`);
  return execute(process.execPath, [POSTERN, ...words], stdin, cwd);
}

/** Runs a line of shell in which `$POSTERN` is the built command. */
export function shell(line: string, stdin: string | Uint8Array = ''): Outcome {
  return execute('bash', ['-c', line], stdin);
}

function execute(command: string, words: readonly string[], stdin: string | Uint8Array, cwd?: string): Outcome {
  const env = { ...process.env, POSTERN: `${process.execPath} ${POSTERN}`, NODE_OPTIONS: '' };
  const { status, stdout, stderr, error } = spawnSync(command, words, {
    input: stdin,
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (error !== undefined && !('code' in error && error.code === 'EPIPE')) throw error;
  return { status, stdout, stderr };
}

/** What holds of every run, however bad its input. */
export function assertSound({ status, stdout, stderr }: Outcome): void {
  assert.ok(status === 0 || status === 1 || status === 2, `exit status ${status}: ${stderr}`);
  if (status === 0) assert.notEqual(stdout, '', 'success with nothing on stdout deletes a whole build');
  else assert.match(stderr, /^\[error\] .* \[[a-z-]+\]/m);
  assert.doesNotMatch(stderr, /^\s+at .*:\d+:\d+\)?$/m, 'a stack trace');
  assert.doesNotMatch(stderr, /internal-error/);
}
