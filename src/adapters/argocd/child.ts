import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that cannot be started. */
export class MissingProgram extends Error {
  readonly program: string;

  constructor(program: string) {
    super(`${program} must be on the PATH of the plugin's sidecar`);
    this.program = program;
  }
}

/** Runs a program to its end and keeps what it prints. Rejects with a MissingProgram. */
export function runProgram(program: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new MissingProgram(program) : error);
    });
    child.on('close', (status) => resolve({ status, stdout: textOf(stdout), stderr: textOf(stderr) }));
  });
}

/** The lines of what a program said. */
export function linesOfText(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('utf8');
}
