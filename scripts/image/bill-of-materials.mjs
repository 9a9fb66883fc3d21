import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PACKAGES = join(import.meta.dirname, '..', '..', 'dist', 'packages.cdx.json');
const TARGET = '/usr/share/sbom/postern.cdx.json';

/** Writes the list of all that is in the image, as CycloneDX: the bundled npm packages, Node, and Debian's libraries. */
export function writeBillOfMaterials(root, debianPackages) {
  const bom = JSON.parse(readFileSync(PACKAGES, 'utf8'));
  const components = [...bom.components, nodeItself(), ...debianPackages.map(debianComponent)];
  const target = join(root, TARGET);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${JSON.stringify({ ...bom, components }, null, 2)}\n`);
}

function nodeItself() {
  const { node } = process.versions;
  const cpe = `cpe:2.3:a:nodejs:node.js:${node}:*:*:*:*:*:*:*`;
  return {
    'bom-ref': `node@${node}`,
    type: 'platform',
    name: 'node',
    version: node,
    cpe,
    purl: `pkg:generic/node@${node}`,
  };
}

function debianComponent({ name, version, architecture }) {
  const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}`;
  return { 'bom-ref': purl, type: 'library', name, version, purl };
}
