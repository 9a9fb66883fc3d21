// Argo CD's own plugin server, and a client with its repo-server's own code: a Go module of the tests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, '..', '..', 'test', 'argocd', 'clients');

/** One tool for each of the module's programs; all are built together, once for each state of their sources. */
export function argocdTools() {
  const folder = `argocd-${hashOf(SOURCE)}`;
  return readdirSync(join(SOURCE, 'cmd')).map((name) => ({
    name,
    folder,
    binary: name,
    needs: 'go',
    install: build,
    by: 'go build in test/argocd/clients, which takes some minutes',
  }));
}

/** Two at a time: the linker needs much memory. */
function build(folder) {
  const args = ['build', '-p', '2', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', `${folder}/`, './cmd/...'];
  const env = { ...process.env, CGO_ENABLED: '0' };
  return spawnSync('go', args, { cwd: SOURCE, env, stdio: ['ignore', 'inherit', 'inherit'] });
}

function hashOf(folder) {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.go$|(?:^|\/)go\.(?:mod|sum)$/.test(name));
  for (const name of names.sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
