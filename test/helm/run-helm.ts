import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { ClientRun } from '../survival/run-client.ts';
import { ROOT } from '../tools.ts';

const FOLDER = join(ROOT, 'test', 'helm');

/** The charts of these tests. */
export const SHOP: string = join(FOLDER, 'charts', 'shop');
export const EMPTY: string = join(FOLDER, 'charts', 'empty');

/** The config that goes with the chart `shop`. */
export const CONFIG: string = join(FOLDER, 'netpol.yaml');

/** A Helm that knows nothing of this machine's: its own plugins, cache and settings, no cluster and no namespace. */
export interface Helm {
  /** Its own folder, where it runs. */
  readonly home: string;
  /** Where it looks for the way to a cluster; there is none until somebody writes it. */
  readonly kubeconfig: string;
  /** What it sees of this machine's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs it; `env` goes before what it has. */
  run(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<ClientRun>;
  /** Puts a folder where it looks for plugins, as `helm plugin install FOLDER` does. */
  linkPlugin(name: string, folder: string): void;
}

/** Gives the Helm of this path a home of its own. */
export function isolateHelm(path: string): Helm {
  const home = mkdtempSync(join(tmpdir(), 'postern-helm-'));
  const kubeconfig = join(home, 'kubeconfig');
  const foreign = /^(?:HELM_|XDG_|KUBE|NODE_OPTIONS|npm_)/;
  const own = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    HELM_CACHE_HOME: join(home, 'cache'),
    HELM_CONFIG_HOME: join(home, 'config'),
    HELM_DATA_HOME: join(home, 'data'),
    KUBECONFIG: kubeconfig,
  };
  return {
    home,
    kubeconfig,
    env: own,
    run: (words, env = {}) => runBeside(path, words, { cwd: home, env: { ...own, ...env } }),
    linkPlugin: (name, folder) => {
      const plugins = join(home, 'data', 'plugins');
      mkdirSync(plugins, { recursive: true });
      symlinkSync(folder, join(plugins, name));
    },
  };
}

/** The words that hand options to the post-renderer, each as an argument of its own. */
export function rendererArgs(...options: readonly string[]): string[] {
  return options.flatMap((option) => ['--post-renderer-args', option]);
}

/** Runs a client while this process goes on, so that it can answer the client as a cluster does. */
async function runBeside(
  path: string,
  words: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<ClientRun> {
  const child = spawn(path, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status, stdout, stderr };
}
