import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Absolute path of a command on PATH, but not in the folder `except`; undefined where there is none. */
export function onPath(command, except) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && folder !== except);
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}
