// What judges the scripts that `postern script` writes: Debian's own.
import { installPackages } from './debian-packages.mjs';
import { onPath } from './on-path.mjs';

/** Installs ShellCheck where it is missing. Returns how, and its path. */
export function installShellcheck() {
  const hadAll = installPackages({ shellcheck: ['shellcheck'] }, 'shellcheck');
  return { how: hadAll ? 'cached' : 'installed', path: onPath('shellcheck') };
}
