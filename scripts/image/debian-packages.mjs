import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyInto } from './copy-into.mjs';

const DPKG = '/var/lib/dpkg';

/** The Debian packages that some files are from: `{ name, version, architecture, record }`, sorted by name. */
export function debianPackagesOf(files) {
  // Either side of Debian's move of /lib into /usr may be what a package lists.
  const wanted = new Set(files.flatMap((path) => [path, join('/usr', path), path.replace(/^\/usr\//, '/')]));
  const lists = readdirSync(join(DPKG, 'info')).filter((name) => name.endsWith('.list'));
  const owners = lists.filter((name) =>
    readFileSync(join(DPKG, 'info', name), 'utf8')
      .split('\n')
      .some((path) => wanted.has(path)),
  );
  const records = readFileSync(join(DPKG, 'status'), 'utf8').split('\n\n');
  const names = owners.map((list) => list.replace(/(:[^:]+)?\.list$/, '')).sort();
  return names.map((name) => describe(name, records));
}

function describe(name, records) {
  const record = records.find((text) => text.startsWith(`Package: ${name}\n`));
  if (record === undefined) throw new Error(`dpkg has no record of ${name}`);
  const field = (key) => new RegExp(`^${key}: (.*)$`, 'm').exec(record)?.[1];
  return { name, version: field('Version'), architecture: field('Architecture'), record };
}

/** Writes them where scanners look in images without dpkg, with their licences. */
export function writeDebianRecords(root, packages) {
  const folder = join(root, DPKG, 'status.d');
  mkdirSync(folder, { recursive: true });
  for (const { name, record } of packages) {
    writeFileSync(join(folder, name), `${record}\n`);
    copyInto(root, join('/usr/share/doc', name, 'copyright'), { ifThere: true });
  }
}
