// Writes dist/packages.cdx.json: the npm packages whose code is in dist/postern.js, as CycloneDX, and their licences to
// dist/licences. npm lists what is installed, of which the bundler takes a few; the bundle itself says which.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '../prepare.mjs';

const { outputs } = JSON.parse(readFileSync(join(ROOT, 'dist', 'postern.js.meta.json'), 'utf8'));
const [{ inputs }] = Object.values(outputs);
const folders = new Set(
  Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? folderOf(path) : [])),
);
const inside = new Map(Array.from(folders, (folder) => [identityOf(folder), folder]));

const { components, ...bom } = installedPackages();
const kept = components.filter(({ name, version }) => inside.has(`${name}@${version}`));
if (kept.length !== inside.size) throw new Error(`npm sbom does not know all of ${[...inside].join(', ')}`);
const { name, version } = readPackage(ROOT);
const component = { ...bom.metadata.component, name, version, type: 'application' };
const written = { ...bom, metadata: { component }, components: kept.map(withoutPaths) };
writeFileSync(join(ROOT, 'dist', 'packages.cdx.json'), `${JSON.stringify(written, null, 2)}\n`);
for (const { name, version } of kept) copyLicence(name, inside.get(`${name}@${version}`));

/** The folder of the package that a bundled file is from; none for the project's own. */
function folderOf(path) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  return folder === undefined ? [] : [join(ROOT, folder)];
}

function identityOf(folder) {
  const { name, version } = readPackage(folder);
  return `${name}@${version}`;
}

function copyLicence(name, folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence that could go along`);
  const target = join(ROOT, 'dist', 'licences', name, 'copyright');
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(folder, file), target);
}

function readPackage(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Without what changes from one run to the next. */
function installedPackages() {
  const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  const { serialNumber: _, dependencies: __, ...bom } = JSON.parse(stdout);
  return bom;
}

/** Where npm installed a package, and why, says nothing of the image. */
function withoutPaths({ properties: _, ...component }) {
  return component;
}
