import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Copies a file to the same path under another root, as a plain file where it is a link. */
export function copyInto(root, path, { ifThere = false } = {}) {
  if (ifThere && !existsSync(path)) return;
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(path, target);
}
