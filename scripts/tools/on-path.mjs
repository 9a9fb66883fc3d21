import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Absolute path of a command on PATH; undefined where there is none. */
export function onPath(command) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}
