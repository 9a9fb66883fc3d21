// A Go module of the tests, whose programs are tools: Argo CD's own server and client, and the checkers of the dialects.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const SOURCES = /\.go$|(?:^|\/)go\.(?:mod|sum)$|\.json$/;

/**
 * One tool for each program of the module at `source`; all are built together, once for each state of their sources, into
 * a folder of the cache that begins with `name`. `beside` adds to that folder what the programs read.
 */
export function goModule({ name, source, beside = () => {} }) {
  const module = join(ROOT, source);
  const folder = `${name}-${hashOf(module)}`;
  return readdirSync(join(module, 'cmd')).map((program) => ({
    name: program,
    folder,
    binary: program,
    needs: 'go',
    install: (target) => {
      beside(module, target);
      return build(module, target);
    },
    by: `go build in ${source}, which takes some minutes`,
  }));
}

/** Two at a time: the linker needs much memory. */
function build(module, target) {
  const args = ['build', '-p', '2', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', `${target}/`, './cmd/...'];
  const env = { ...process.env, CGO_ENABLED: '0' };
  return spawnSync('go', args, { cwd: module, env, stdio: ['ignore', 'inherit', 'inherit'] });
}

function hashOf(folder) {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true }).filter((name) => SOURCES.test(name));
  for (const name of names.sort()) hash.update(`${name}\0`).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 12);
}
