// Writes dist/packages.cdx.json: the npm packages whose code is in dist/postern.js, as CycloneDX. npm lists what is
// installed, of which the bundler takes a few; the bundle itself says which.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../prepare.mjs';

const { outputs } = JSON.parse(readFileSync(join(ROOT, 'dist', 'postern.js.meta.json'), 'utf8'));
const [{ inputs }] = Object.values(outputs);
const inside = new Set(
  Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? packageOf(path) : [])),
);

const { components, ...bom } = installedPackages();
const kept = components.filter(({ name, version }) => inside.has(`${name}@${version}`));
if (kept.length !== inside.size) throw new Error(`npm sbom does not know all of ${[...inside].join(', ')}`);
const { name, version } = readPackage(ROOT);
const component = { ...bom.metadata.component, name, version, type: 'application' };
const written = { ...bom, metadata: { component }, components: kept.map(withoutPaths) };
writeFileSync(join(ROOT, 'dist', 'packages.cdx.json'), `${JSON.stringify(written, null, 2)}\n`);

/** `name@version` of the package that a bundled file is from; none for the project's own. */
function packageOf(path) {
  const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
  if (folder === undefined) return [];
  const found = readPackage(join(ROOT, folder));
  return [`${found.name}@${found.version}`];
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
