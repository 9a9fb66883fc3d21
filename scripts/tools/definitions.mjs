// The CustomResourceDefinitions that the checkers of the dialects read: they come with Go modules, and are not ours to keep.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Copies the files that the module's definitions.json names into `definitions` of the folder `target`. */
export function copyDefinitions(module, target) {
  for (const { from, files, to = '' } of JSON.parse(readFileSync(join(module, 'definitions.json'), 'utf8'))) {
    const source = download(module, from);
    const folder = join(target, 'definitions', to);
    mkdirSync(folder, { recursive: true });
    for (const file of files) copyFileSync(join(source, file), join(folder, basename(file)));
  }
}

/** The folder of a Go module in Go's cache; of the version that go.mod names, or that stands behind an "@". */
function download(module, name) {
  const { stdout, status, error } = spawnSync('go', ['mod', 'download', '-json', name], {
    cwd: module,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw error;
  const { Dir, Error: reason } = JSON.parse(stdout);
  if (status !== 0) throw new Error(`"go mod download ${name}" failed: ${reason}`);
  return Dir;
}
