// A stand-in for node:24-slim where no image registry is reached: Debian's essential packages, Node as npm has it, and npm.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withoutNpm } from './without-npm.mjs';

const NODE = '24.21.0';
const NPM = '11.19.1';
const DEBIAN = 'bookworm';

/** Its folder in the cache is a store of images that podman only reads. The number counts changes of this file. */
export const BASE_IMAGE = { name: 'docker.io/library/node:24-slim', folder: `node-slim-${NODE}-${DEBIAN}-1` };

/** Makes the image in a store at `store`. */
export function makeBaseImage(store) {
  const work = mkdtempSync(join(tmpdir(), 'postern-base-'));
  try {
    console.log(`engine: a stand-in for ${BASE_IMAGE.name}, from Debian ${DEBIAN} and npm's node@${NODE}`);
    makeNode(work);
    makeDebian(work);
    importImage(work, store);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** /usr/local, as the real image has it. */
function makeNode(work) {
  const packages = join(work, 'packages');
  mkdirSync(packages);
  writeFileSync(join(packages, 'package.json'), '{"private": true}\n');
  const node = `node-linux-${process.arch}`;
  const args = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
  run('npm', [...args, `${node}@${NODE}`, `npm@${NPM}`], { cwd: packages, env: withoutNpm(process.env) });

  const local = join(work, 'root', 'usr', 'local');
  for (const folder of ['bin', 'etc', 'lib/node_modules']) mkdirSync(join(local, folder), { recursive: true });
  cpSync(join(packages, 'node_modules', node, 'bin', 'node'), join(local, 'bin', 'node'));
  cpSync(join(packages, 'node_modules', 'npm'), join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  for (const name of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
  // A build mounts the machine's certificates there; the real image has none, and npm brings its own.
  writeFileSync(join(local, 'etc', 'npmrc'), 'cafile=/etc/ssl/certs/ca-certificates.crt\n');
  run('tar', ['-C', join(work, 'root'), '--owner=0', '--group=0', '-cf', join(work, 'node.tar'), '.']);
}

function makeDebian(work) {
  const hooks = [
    `tar-in ${join(work, 'node.tar')} /`,
    'chroot "$1" useradd --create-home --uid 1000 --shell /bin/sh node',
    'rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/apt "$1"/usr/share/man "$1"/usr/share/locale "$1"/var/log/*',
  ].map((hook) => `--customize-hook=${hook}`);
  const target = join(work, 'root.tar');
  run('mmdebstrap', ['--quiet', '--variant=essential', '--include=libstdc++6,passwd', ...hooks, DEBIAN, target]);
}

function importImage(work, store) {
  const own = ['--root', store, '--runroot', join(work, 'run'), '--tmpdir', join(work, 'tmp')];
  const options = ['--storage-driver', 'overlay', '--storage-opt', 'skip_mount_home=true', '--events-backend', 'none'];
  const network = ['--network-backend', 'netavark'];
  const changes = [`ENV NODE_VERSION=${NODE}`, 'CMD ["node"]'].flatMap((change) => ['--change', change]);
  run('podman', [
    ...own,
    ...options,
    ...network,
    'import',
    '--quiet',
    ...changes,
    join(work, 'root.tar'),
    BASE_IMAGE.name,
  ]);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed`);
}
