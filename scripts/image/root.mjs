// Fills a folder with what Node needs to run and nothing more: its binary, the libraries that it is linked with, users,
// certificates, and the records by which a scanner knows what is there. Runs in the image that has them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { writeBillOfMaterials } from './bill-of-materials.mjs';
import { copyInto } from './copy-into.mjs';
import { debianPackagesOf, writeDebianRecords } from './debian-packages.mjs';
import { linkedLibraries } from './linked-libraries.mjs';

const [root] = process.argv.slice(2);
if (root === undefined) throw new Error('usage: root.mjs FOLDER');

const libraries = linkedLibraries(process.execPath);
for (const path of [process.execPath, ...libraries]) copyInto(root, path);
for (const path of ['/etc/os-release', '/usr/local/LICENSE']) copyInto(root, path, { ifThere: true });

const packages = debianPackagesOf(libraries);
writeDebianRecords(root, packages);
writeBillOfMaterials(root, packages);

// Kustomize runs functions as "nobody", by name. Nothing of the image is its to write.
write('/etc/passwd', 'root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n');
write('/etc/group', 'root:x:0:\nnogroup:x:65534:\n');
// Node's own copy of Mozilla's list.
write('/etc/ssl/certs/ca-certificates.crt', `${rootCertificates.join('\n')}\n`);

function write(path, text) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
