import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from './on-path.mjs';

const APT = ['-o', 'DPkg::Lock::Timeout=600', '-qq'];

/**
 * Installs those of Debian's packages that are missing: by name, what shows that each is there, a command or a path.
 * Returns whether all were there before; throws an Error that says what to do. `user` is what they are for.
 */
export function installPackages(packages, user) {
  const names = missing(packages);
  if (names.length === 0) return true;
  const asRoot = `apt-get install ${names.join(' ')}`;
  if (process.getuid() !== 0 || onPath('apt-get') === undefined) {
    throw new Error(`${names.join(', ')} must be installed; on Debian, as root: ${asRoot}`);
  }
  console.log(`${user}: ${asRoot}`);
  apt('update');
  apt('install', '--yes', '--no-install-recommends', ...names);
  const still = missing(packages);
  if (still.length > 0) throw new Error(`"${asRoot}" did not bring ${still.join(', ')}`);
  return false;
}

function missing(packages) {
  const isThere = (path) => (path.startsWith('/') ? existsSync(path) : onPath(path) !== undefined);
  return Object.keys(packages).filter((name) => !packages[name].some(isThere));
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', [...APT, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`"apt-get ${args.join(' ')}" failed`);
}
