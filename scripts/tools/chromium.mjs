// The browser that the page of `postern graph` is tried in: Debian's own, with one font, so that texts have a width.
import { installPackages } from './debian-packages.mjs';
import { onPath } from './on-path.mjs';

const PACKAGES = {
  chromium: ['chromium'],
  'fonts-dejavu-core': ['/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'],
};

/** Installs the browser where it is missing. Returns how, and its path. */
export function installChromium() {
  const hadAll = installPackages(PACKAGES, 'chromium');
  return { how: hadAll ? 'cached' : 'installed', path: onPath('chromium') };
}
