import { spawnSync } from 'node:child_process';

/** What a client printed, and how it ended. */
export interface ClientRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The two flags without which Kustomize does not run an executable. */
export const EXEC_FLAGS: readonly string[] = ['--enable-alpha-plugins', '--enable-exec'];

/** Runs a client with nothing on stdin. */
export function runClient(
  path: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): ClientRun {
  const { status, stdout, stderr, error } = spawnSync(path, args, {
    ...options,
    encoding: 'utf8',
    input: '',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}

/** Builds a folder, running its functions. */
export function kustomizeBuild(kustomize: string, folder: string, env: NodeJS.ProcessEnv = process.env): ClientRun {
  return runClient(kustomize, ['build', folder, ...EXEC_FLAGS], { env });
}
