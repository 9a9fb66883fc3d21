import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Fills a folder once: `make` is called with a folder beside it, which is renamed when it holds `proof`, so that an
 * interrupted install is never taken for a whole one. Returns "cached" or "installed".
 */
export function installInto(final, proof, make) {
  if (existsSync(join(final, proof))) return 'cached';
  const partial = `${final}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    make(partial);
    if (!existsSync(join(partial, proof))) throw new Error(`nothing made ${proof}`);
    // Another clone was quicker, and may use what it made already.
    if (existsSync(join(final, proof))) return 'cached';
    rmSync(final, { recursive: true, force: true });
    renameSync(partial, final);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return 'installed';
}
