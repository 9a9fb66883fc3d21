import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The project's folder: tests run from there, be they built or not. */
export const ROOT: string = process.cwd();

/** The function as users run it, made by `npm run build`. */
export const POSTERN: string = join(ROOT, 'dist', 'postern.js');

export const KUSTOMIZE_VERSIONS: readonly string[] = ['5.8.2', '5.4.3', '5.0.1'];

/** Absolute path of a client, from `npm run tools` or from PATH; undefined where it is missing. */
export function tool(name: string): string | undefined {
  const folders = [join(ROOT, '.tools', 'bin'), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => resolve(folder, name))
    .find((path) => existsSync(path));
}

/**
 * A `describe` whose tests run a client. Where the client is missing they are skipped, which is said on stderr with the
 * command that installs it; with CI=true that is a failure.
 */
export function describeWith(name: string, title: string, tests: (path: string) => void): void {
  const path = tool(name);
  if (path !== undefined) {
    describe(title, () => tests(path));
    return;
  }
  const message = `${name} is missing: ${howToInstall(name)}`;
  if (process.env['CI'] === 'true') {
    it(title, () => assert.fail(message));
  } else {
    console.error(`SKIPPED: ${title}: ${message}`);
    it.skip(title);
  }
}

function howToInstall(name: string): string {
  const fromPath = name === 'kpt' || name === 'helm' || name.startsWith('kubectl');
  return fromPath ? 'install it and put it on PATH ("npm run tools" says where from)' : 'run "npm run tools"';
}
