// Argo CD's plugin server in a container of the image, as the repo-server's Pod has it: read-only, user 999, no
// capabilities, no network. Its socket is in a folder that the client shares.
import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage, describeWithEngine, type Engine } from '../containers/engine.ts';
import { runClient } from '../survival/run-client.ts';
import { describeWith, ROOT, tool } from '../tools.ts';

export interface Sidecar {
  /** The folder of its socket. */
  readonly sockets: string;
  /** What it wrote to its log. */
  log(): string;
}

/** What of the sidecar differs from the one that docs/argocd.md installs. */
export interface SidecarOptions {
  /** The plugin's folder below /home/argocd/cmp-server in the image. */
  readonly plugin?: 'config' | 'discover';
  readonly env?: Readonly<Record<string, string>>;
}

const CLIENTS: readonly string[] = ['argocd-cmp-server', 'repo-server-client', 'kustomize-5.8.2', 'helm-3'];

/** A `describe` with a sidecar that runs while its tests do; skipped loudly where a tool is missing. */
export function describeWithSidecar(
  title: string,
  tests: (sidecar: () => Sidecar) => void,
  options: SidecarOptions = {},
): void {
  const missing = CLIENTS.find((name) => tool(name) === undefined);
  if (missing !== undefined) {
    describeWith(missing, title, () => {});
    return;
  }
  describeWithEngine(title, (engine) => {
    let running: { readonly sidecar: Sidecar; stop(): void } | undefined;

    before(async () => {
      running = await startSidecar(engine, options);
    });

    after(() => running?.stop());

    tests(() => {
      assert.ok(running);
      return running.sidecar;
    });
  });
}

async function startSidecar(
  engine: Engine,
  { plugin = 'config', env = {} }: SidecarOptions,
): Promise<{ sidecar: Sidecar; stop(): void }> {
  const image = buildPluginImage(engine);
  const sockets = mkdtempSync(join(tmpdir(), 'postern-sockets-'));
  // User 999 of the container makes its socket there.
  chmodSync(sockets, 0o777);
  const config = plugin === 'config' ? [] : ['--config-dir-path', `/home/argocd/cmp-server/${plugin}`];
  const words = [
    ...['run', '--detach', '--network=none', '--user=999', '--read-only', '--cap-drop=ALL'],
    ...['--security-opt=no-new-privileges', '--tmpfs=/tmp:rw,mode=1777'],
    ...Object.entries(env).map(([name, value]) => `--env=${name}=${value}`),
    `--volume=${tool('argocd-cmp-server')}:/var/run/argocd/argocd-cmp-server:ro`,
    `--volume=${sockets}:/home/argocd/cmp-server/plugins`,
    ...[image, ...config],
  ];
  const { status, stdout, stderr } = runClient(engine.podman, words);
  assert.equal(status, 0, stderr);
  const container = stdout.trim();
  const log = (): string => {
    const { stdout: out, stderr: err } = runClient(engine.podman, ['logs', container]);
    return `${out}${err}`;
  };
  const name = plugin === 'config' ? 'postern.sock' : 'postern-discover.sock';
  await appears(sockets, name);
  const stop = (): void => {
    runClient(engine.podman, ['rm', '--force', '--time', '0', container]);
    rmSync(sockets, { recursive: true, force: true });
  };
  return { sidecar: { sockets, log }, stop };
}

/** The image of docs/argocd.md, with the programs that `npm run tools` made instead of a build of them. */
function buildPluginImage(engine: Engine): string {
  const programs = mkdtempSync(join(tmpdir(), 'postern-programs-'));
  try {
    for (const [name, from] of Object.entries({ kustomize: 'kustomize-5.8.2', helm: 'helm-3' })) {
      copyFileSync(tool(from) ?? assert.fail(from), join(programs, name));
    }
    const flags = ['--build-arg', 'GO_IMAGE=node:24-slim', '--build-context', `programs=${programs}`];
    return buildImage(engine, 'argocd', undefined, flags);
  } finally {
    rmSync(programs, { recursive: true, force: true });
  }
}

function appears(folder: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, () => check());
    const check = (): void => {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      resolve();
    };
    check();
  });
}

/** The image's own plugin file, as it is in the repository. */
export const PLUGIN_FILES: Readonly<Record<'config' | 'discover', string>> = {
  config: join(ROOT, 'argocd', 'plugin.yaml'),
  discover: join(ROOT, 'argocd', 'plugin-discover.yaml'),
};
