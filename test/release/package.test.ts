import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolder } from '../survival/build-tree.ts';
import { runClient } from '../survival/run-client.ts';
import { ROOT } from '../tools.ts';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

interface PackageFile {
  readonly version: string;
  readonly dependencies?: unknown;
  readonly scripts: Readonly<Record<string, string>>;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, annotations: {postern.dev/allow-from: app=shopper}}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, ports: [{containerPort: 80}]}]}}
`;

describe('the published package', () => {
  const { version, dependencies, scripts } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as PackageFile;

  it('holds what a user needs, and nothing else', () => {
    withPacked(({ files }) => {
      const paths = files.map(({ path }) => path);
      const expected =
        /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|schema\/\S+\.json|docs\/\S+\.(?:md|svg|png)|functions\/\S+|dist\/\S+)$/;
      assert.deepEqual(
        paths.filter((path) => !expected.test(path)),
        [],
      );
      for (const path of ['dist/postern.js', 'dist/kpt-func.js', 'dist/kpt-func.d.ts', 'dist/package.json']) {
        assert.ok(paths.includes(path), path);
      }
      assert.deepEqual(
        paths.filter((path) => path.startsWith('dist/.') || path.endsWith('.map')),
        [],
      );
    });
  });

  it('needs no other package', () => assert.equal(dependencies, undefined));

  it('is built before it is packed', () => assert.equal(scripts['prepack'], 'node scripts/build.mjs'));

  it('has a changelog that begins with its version', () => {
    const [, newest] = /^## (\S+?),? /m.exec(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')) ?? [];
    assert.equal(newest, version);
  });

  it('runs from npx and from a script, with nothing else installed', () => {
    withPacked(({ filename }, folder) => {
      const project = join(folder, 'project');
      mkdirSync(project);
      writeFileSync(join(project, 'package.json'), '{"private": true, "scripts": {"render": "postern web.yaml"}}\n');
      writeFileSync(join(project, 'web.yaml'), DEPLOYMENT);
      const npm = (...args: readonly string[]) => runNpm(project, 'npm', args);
      npm('install', '--offline', '--no-audit', '--no-fund', join(folder, filename));
      assert.equal(runNpm(project, 'npx', ['--offline', 'postern', '--version']), `${version}\n`);
      assert.match(npm('run', '--silent', 'render'), /^kind: NetworkPolicy$/m);
    });
  });
});

/** Packs the project into a folder that lives for the time of one call. */
function withPacked(use: (packed: Packed, folder: string) => void): void {
  withFolder((folder) => {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const [packed] = JSON.parse(runNpm(ROOT, 'npm', args)) as Packed[];
    assert.ok(packed, 'npm pack names what it packed');
    use(packed, folder);
  });
}

/** `npm test` hands its own settings down, by which an npm inside it would take this project for its own. */
function runNpm(cwd: string, command: string, args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(?:npm_|INIT_CWD$)/i.test(key)));
  const { status, stdout, stderr } = runClient(command, args, { cwd, env });
  assert.equal(status, 0, stderr);
  return stdout;
}
