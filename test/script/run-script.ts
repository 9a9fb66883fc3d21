import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from '../tools.ts';

/** A cluster behind the stand-in for kubectl: its files say what test/script/stand-in/kubectl answers. */
export interface StandIn {
  readonly folder: string;
  readonly calls: () => string;
}

/** How a script ended. */
export interface ScriptOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Makes a cluster, lets it be used, and removes it. */
export async function withCluster(
  files: Readonly<Record<string, string>>,
  use: (cluster: StandIn) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-cluster-'));
  try {
    for (const [name, text] of Object.entries({ pods: '', open: '', ...files }))
      writeFileSync(join(folder, name), text);
    await use({ folder, calls: () => readFileSync(join(folder, 'calls'), 'utf8') });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a script in it, by `sh` or another shell. */
export async function runScript(script: string, { folder }: StandIn, shell = 'sh'): Promise<ScriptOutcome> {
  return outcomeOf(startScript(script, folder, shell));
}

/** Starts a script in a process group of its own; its file descriptor 3 is a pipe that kubectl may write to. */
export function startScript(
  script: string,
  folder: string,
  shell = 'sh',
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const path = join(folder, 'script.sh');
  writeFileSync(path, script);
  const standIn = join(ROOT, 'test', 'script', 'stand-in');
  return spawn(shell, [path], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CLUSTER: folder,
      TMPDIR: folder,
      PATH: `${standIn}${delimiter}${process.env['PATH']}`,
      ...env,
    },
  });
}

export async function outcomeOf(child: ChildProcess): Promise<ScriptOutcome> {
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { status, stdout: stdout(), stderr: stderr() };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const parts: Buffer[] = [];
  stream?.on('data', (part: Buffer) => parts.push(part));
  return () => Buffer.concat(parts).toString('utf8');
}
