// The container engine of the tests, which `npm run tools` sets up: podman with a store of this clone's own, and in it a
// stand-in for node:24-slim, so that no image registry is needed.
//
//   describeWithEngine('the image', (engine) => {
//     let image: string;
//     before(() => { image = buildImage(engine); });                       // or buildImage(engine, 'argocd')
//     it('helps', () => runContainer(engine, [image, '--help']));          // a container by itself
//     it('builds', () => runClient(kustomize, args, { env: engine.env })); // a client that calls `docker` or `podman`
//   });
//
// Everything else of podman is `runClient(engine.podman, ['ps', '--all'])`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { type ClientRun, runClient } from '../survival/run-client.ts';
import { describeWith, ROOT } from '../tools.ts';

export interface Engine {
  /** The command, with the settings of this clone. */
  readonly podman: string;
  /** For clients: the `docker` and `podman` on its PATH are the engine's. */
  readonly env: NodeJS.ProcessEnv;
}

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };

/** The image's published name, which pages, examples and tests use. */
export const IMAGE: string = `ghcr.io/postern-dev/postern:v${version}`;

/** The name without its tag. */
export const REPOSITORY: string = IMAGE.slice(0, IMAGE.lastIndexOf(':'));

const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const built = new Set<string>();

/** A `describe` whose tests run containers; skipped loudly without the engine, which is a failure in CI. */
export function describeWithEngine(title: string, tests: (engine: Engine) => void): void {
  describeWith('engine/podman', title, (podman) => {
    const env = { ...process.env, PATH: `${dirname(podman)}${delimiter}${process.env['PATH']}` };
    tests({ podman, env });
  });
}

/** Builds a target of the Dockerfile from the sources as they are, once in each run of the tests. Returns its name. */
export function buildImage(
  engine: Engine,
  target = 'function',
  name: string = defaultName(target),
  flags: readonly string[] = [],
): string {
  if (built.has(name)) return name;
  // So that npm trusts what this machine trusts.
  const trust = existsSync(CERTIFICATES) ? ['--volume', `${CERTIFICATES}:${CERTIFICATES}:ro`] : [];
  const args = ['build', '--quiet', ...trust, ...flags, '--target', target, '--tag', name, ROOT];
  const { status, stdout, stderr } = runClient(engine.podman, args);
  assert.equal(status, 0, `podman ${args.join(' ')}\n${stdout}\n${stderr}`);
  built.add(name);
  return name;
}

function defaultName(target: string): string {
  return target === 'function' ? IMAGE : `localhost/postern-${target}:test`;
}

/** How Kustomize and kpt start a function, but for the name of the image and what follows it. */
export const FUNCTION_FLAGS: readonly string[] = [
  ...['--rm', '--interactive', '--attach', 'STDIN', '--attach', 'STDOUT', '--attach', 'STDERR'],
  ...['--network', 'none', '--user', 'nobody', '--security-opt=no-new-privileges'],
];

/** Runs a container until it ends; `words` are flags, the image, and its arguments. */
export function runContainer(engine: Engine, words: readonly string[], stdin: string | Uint8Array = ''): ClientRun {
  const options = { input: stdin, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr, error } = spawnSync(engine.podman, ['run', ...FUNCTION_FLAGS, ...words], options);
  if (error !== undefined) throw error;
  return { status, stdout, stderr };
}
