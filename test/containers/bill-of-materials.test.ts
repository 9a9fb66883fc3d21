import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools.ts';
import { buildImage, describeWithEngine, runContainer } from './engine.ts';

/** The packages of which there is code in the bundle; the others of package.json only build and test it. */
const BUNDLED = ['@dagrejs/dagre', 'fastest-levenshtein', 'js-yaml', 'zod'];

interface Bom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly purl: string } };
  readonly components: readonly {
    readonly name: string;
    readonly purl: string;
    readonly licenses?: readonly unknown[];
  }[];
}

describeWithEngine("the image's bill of materials", (engine) => {
  let read: (expression: string) => string;
  let bom: Bom;

  before(() => {
    const image = buildImage(engine);
    read = (expression) => {
      const words = ['--entrypoint', '/usr/local/bin/node', image, '--print', expression];
      const { status, stdout, stderr } = runContainer(engine, words);
      assert.equal(status, 0, stderr);
      return stdout.trim();
    };
    bom = JSON.parse(read("fs.readFileSync('/usr/share/sbom/postern.cdx.json', 'utf8')")) as Bom;
  });

  const purls = (type: string): readonly string[] =>
    bom.components.map(({ purl }) => purl).filter((purl) => purl.startsWith(`pkg:${type}/`));

  it('is of this version', () => {
    assert.equal(bom.bomFormat, 'CycloneDX');
    assert.equal(bom.metadata.component.purl, `pkg:npm/postern@${versionOf('package.json', '')}`);
  });

  it('lists the npm packages that are bundled, at their locked versions, with a licence, and no others', () => {
    const locked = BUNDLED.map((name) => {
      const version = versionOf('package-lock.json', `node_modules/${name}`);
      return `pkg:npm/${name.replace('@', '%40')}@${version}`;
    });
    assert.deepEqual(purls('npm'), locked);
    for (const { purl, licenses } of bom.components) if (purl.startsWith('pkg:npm/')) assert.ok(licenses?.length, purl);
  });

  it('lists the Node that runs', () => {
    assert.deepEqual(purls('generic'), [`pkg:generic/node@${read('process.versions.node')}`]);
  });

  it('lists the Debian package of every library, as the records for scanners do', () => {
    const listed = purls('deb').map((purl) => purl.replace(/^pkg:deb\/debian\/(.*)@.*$/, '$1'));
    assert.deepEqual(listed, ['libc6', 'libgcc-s1', 'libstdc++6']);
    const recorded = JSON.parse(read("JSON.stringify(fs.readdirSync('/var/lib/dpkg/status.d').sort())")) as string[];
    assert.deepEqual(recorded, listed);
    const record = read("fs.readFileSync('/var/lib/dpkg/status.d/libc6', 'utf8')");
    const version = /^Version: (.*)$/m.exec(record)?.[1] ?? assert.fail(record);
    assert.ok(purls('deb')[0]?.includes(`@${encodeURIComponent(version)}?`), purls('deb')[0]);
  });

  it('has the licence of everything that it lists beside it', () => {
    const names = bom.components.map(({ name }) => name).filter((name) => name !== 'node');
    const files = `fs.readdirSync('/usr/share/doc', { recursive: true }).filter((path) => path.endsWith('/copyright'))`;
    const filled = `${files}.filter((path) => fs.statSync('/usr/share/doc/' + path).size)`;
    const paths = JSON.parse(read(`JSON.stringify(${filled})`)) as string[];
    assert.deepEqual(paths.sort(), [...names, 'postern'].map((name) => `${name}/copyright`).sort());
  });

  it('lists nothing else', () => {
    assert.equal(bom.components.length, BUNDLED.length + 1 + 3);
  });

  it('says nothing that changes from one build of the same sources to the next', () => {
    const text = JSON.stringify(bom);
    assert.doesNotMatch(text, /timestamp|serialNumber/);
  });
});

function versionOf(file: string, path: string): string {
  const content = JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as {
    readonly version: string;
    readonly packages?: Readonly<Record<string, { readonly version: string }>>;
  };
  return content.packages?.[path]?.version ?? content.version;
}
