import { spawnSync } from 'node:child_process';

/** Paths of the libraries that a program is linked with, its loader among them: what `ldd` shows, without ldd. */
export function linkedLibraries(program) {
  const { stdout, stderr } = spawnSync(program, { encoding: 'utf8', env: { LD_TRACE_LOADED_OBJECTS: '1' } });
  const missing = /^.*not found.*$/m.exec(stdout);
  const paths = Array.from(stdout.matchAll(/(\/\S+) \(0x/g), ([, path]) => path);
  if (missing !== null || paths.length === 0)
    throw new Error(`${program}: ${missing?.[0] ?? `no libraries ${stderr}`}`);
  return paths;
}
