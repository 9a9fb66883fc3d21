// A container engine for the tests that works without any image registry: podman with a store of this clone's own, and a
// local stand-in for the image that the Dockerfile starts from.
//
// .tools/bin/engine/podman and .tools/bin/engine/docker run podman with the settings in .tools/engine. Kustomize and kpt call
// `docker`, so tests put that folder first in PATH; nothing else sees it, and a user's own Docker or podman is left alone.
// Images of this clone are in .tools/engine/store. The stand-in is in the cache that all clones share, and only read from there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASE_IMAGE, makeBaseImage } from './base-image.mjs';
import { installPackages } from './debian-packages.mjs';
import { engineSettings, REGISTRIES, storageSettings } from './engine-settings.mjs';
import { installInto } from './install-into.mjs';
import { onPath } from './on-path.mjs';

/** Debian's packages, and what shows that each is there. */
const PACKAGES = {
  podman: ['podman'],
  conmon: ['conmon'],
  runc: ['runc'],
  netavark: ['/usr/lib/podman/netavark', '/usr/libexec/podman/netavark'],
  uidmap: ['newuidmap'],
  mmdebstrap: ['mmdebstrap'],
};

/** Sets the engine up. Returns "cached" or "installed"; throws an Error that says what to do. */
export function installEngine({ cache, tools }) {
  if (process.platform !== 'linux') throw new Error('the engine of the tests runs on Linux only');
  const hadPackages = installPackages(PACKAGES, 'engine');
  const base = installInto(join(cache, BASE_IMAGE.folder), 'overlay-images', makeBaseImage);
  const podman = configure(tools, join(cache, BASE_IMAGE.folder), join(cache, 'engine-tmp'));
  adopt(podman, tools, cache);
  return hadPackages ? base : 'installed';
}

/** Writes the engine's settings and its two commands; returns the path of podman's. */
function configure(tools, base, temporary) {
  const settings = join(tools, 'engine');
  const bin = join(tools, 'bin', 'engine');
  for (const folder of [settings, bin, temporary]) mkdirSync(folder, { recursive: true });
  const run = runFolder(tools);
  const variables = {
    CONTAINERS_STORAGE_CONF: join(settings, 'storage.conf'),
    CONTAINERS_CONF: join(settings, 'containers.conf'),
    CONTAINERS_REGISTRIES_CONF: join(settings, 'registries.conf'),
    // Where builds keep what npm downloaded: else in a folder that all users of the machine share, and block for each other.
    TMPDIR: temporary,
  };
  write(variables.CONTAINERS_STORAGE_CONF, storageSettings({ store: join(settings, 'store'), run, base }));
  write(variables.CONTAINERS_CONF, engineSettings(run));
  write(variables.CONTAINERS_REGISTRIES_CONF, REGISTRIES);
  const exports = Object.entries(variables).map(([name, path]) => `export ${name}='${path}'\n`);
  const podman = `exec '${onPath('podman', bin)}' "$@"\n`;
  command(join(bin, 'podman'), [...exports, podman]);
  // kpt asks for the client's version, and wants one of Docker's.
  command(join(bin, 'docker'), [...exports, `if [ "$1" = version ]; then echo 20.10.24; exit; fi\n`, podman]);
  return join(bin, 'podman');
}

/** What must not outlive a reboot; its path is short because sockets are made there. */
function runFolder(tools) {
  const { XDG_RUNTIME_DIR } = process.env;
  const parent = process.getuid() === 0 ? '/run' : (XDG_RUNTIME_DIR ?? tmpdir());
  const clone = createHash('sha256').update(tools).digest('hex').slice(0, 12);
  return join(parent, 'postern-tools', clone);
}

/** Empties the clone's store where it was built upon another stand-in, or cannot be read after an interruption. */
function adopt(podman, tools, cache) {
  const note = join(tools, 'engine', 'base-image');
  const adopted = existsSync(note) ? readFileSync(note, 'utf8') : undefined;
  const present = idOfBaseImage(podman);
  if (present !== undefined && present === adopted) return;
  for (const folder of [join(tools, 'engine', 'store'), runFolder(tools)])
    rmSync(folder, { recursive: true, force: true });
  const id = idOfBaseImage(podman);
  if (id === undefined) throw new Error(`${podman} cannot read ${BASE_IMAGE.name} from ${cache}`);
  write(note, id);
}

function idOfBaseImage(podman) {
  const args = ['image', 'inspect', '--format', '{{.Id}}', BASE_IMAGE.name];
  const { status, stdout } = spawnSync(podman, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

function command(path, lines) {
  write(path, `#!/bin/sh\n${lines.join('')}`);
  chmodSync(path, 0o755);
}

function write(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
