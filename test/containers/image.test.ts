import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELP } from '../../src/adapters/help.ts';
import { assertSound, postern } from '../cli/postern.ts';
import { withFolder } from '../survival/build-tree.ts';
import { runClient } from '../survival/run-client.ts';
import { ROOT } from '../tools.ts';
import { buildImage, describeWithEngine, type Engine, runContainer } from './engine.ts';
import { manyWorkloads, SHOP } from './inputs.ts';

const MEGABYTE = 1e6;
const NODE = ['--entrypoint', '/usr/local/bin/node'];
const MISTAKE = SHOP.replace('allow-to: cart', 'allow-to: chart');

describeWithEngine('the image', (engine) => {
  let image: string;
  before(() => {
    image = buildImage(engine);
  });

  it('says how to use it, which is what kpt fn doc shows', () => {
    assert.deepEqual(runContainer(engine, [image, '--help']), { status: 0, stdout: HELP, stderr: '' });
  });

  it('gives what the executable gives', () => {
    const want = postern([], SHOP);
    assert.match(want.stdout, /^ {2}kind: NetworkPolicy$/m);
    assert.deepEqual(runContainer(engine, [image], SHOP), want);
  });

  it('needs no right, no user that it knows, no writable file and no network', () => {
    const locked = ['--read-only', '--cap-drop', 'ALL', '--user', '12345:12345', '--memory', '256m'];
    assert.deepEqual(runContainer(engine, [...locked, image], SHOP), postern([], SHOP));
  });

  it('ignores what Kustomize and kpt put into the environment', () => {
    const variables = ['LOG_TO_STDERR=true', 'STRUCTURED_RESULTS=true'].flatMap((variable) => ['--env', variable]);
    assert.deepEqual(runContainer(engine, [...variables, image], SHOP), postern([], SHOP));
  });

  it('says a mistake on stderr, exits 1, and returns the objects as they came', () => {
    const failed = runContainer(engine, [image], MISTAKE);
    assert.equal(failed.status, 1);
    assert.deepEqual(failed, postern([], MISTAKE));
    assertSound(failed);
  });

  it('refuses empty stdin', () => {
    const failed = runContainer(engine, [image], '');
    assert.equal(failed.status, 1);
    assert.equal(failed.stdout, '');
    assertSound(failed);
  });

  it('says which mounted file its user may not read', () => {
    withFolder((folder) => {
      const path = join(folder, 'shop.yaml');
      writeFileSync(path, SHOP);
      chmodSync(path, 0o600);
      const failed = runContainer(engine, ['--volume', `${path}:/shop.yaml:ro`, image, '/shop.yaml']);
      assert.equal(failed.status, 1);
      assert.equal(failed.stdout, '');
      assert.match(failed.stderr, /^\[error\] .*\/shop\.yaml.* \[unreadable-file\]/m);
    });
  });

  it('takes and gives 10,000 objects whole', () => {
    const input = manyWorkloads(5000);
    const { status, stdout, stderr } = runContainer(engine, [image], input);
    assert.equal(status, 0, stderr);
    assert.equal(stdout.match(/^ {2}kind: NetworkPolicy$/gm)?.length, 5000);
    assert.ok(stdout === postern([], input).stdout, 'the output must be that of the executable');
  });

  it('has labels that agree with the package', () => {
    const { labels } = inspect(engine, image);
    const meta = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
    assert.equal(labels['org.opencontainers.image.title'], meta['name']);
    assert.equal(labels['org.opencontainers.image.description'], meta['description']);
    assert.equal(labels['org.opencontainers.image.version'], meta['version']);
    assert.equal(labels['org.opencontainers.image.licenses'], meta['license']);
    const source = labels['org.opencontainers.image.source'] ?? '';
    assert.equal(JSON.stringify(meta['repository']).includes(`${source}.git`), true, source);
    const documentation = labels['org.opencontainers.image.documentation'] ?? '';
    assert.ok(documentation.startsWith(`${source}/blob/main/`), documentation);
    assert.ok(readFileSync(join(ROOT, documentation.slice(`${source}/blob/main/`.length)), 'utf8'));
  });

  it('runs as nobody, by number, so that a cluster can tell that it is not root', () => {
    assert.equal(inspect(engine, image).user, '65534:65534');
  });

  it('is Node and little else', () => {
    const { bytes } = inspect(engine, image);
    const [node = Number.NaN] = inContainer(engine, image, 'fs.statSync(process.execPath).size') as [number];
    assert.ok(bytes - node < 12 * MEGABYTE, `${bytes} bytes, of which Node has ${node}`);
  });

  it('has no shell, no package manager, and no program but Node', () => {
    const programs = inContainer(engine, image, `walk('/').filter(isProgram)`) as string[];
    const libraries = programs.filter((path) => /^\/lib(64)?\//.test(path));
    assert.ok(libraries.length > 0);
    assert.deepEqual(
      programs.filter((path) => !libraries.includes(path)),
      ['/usr/local/bin/node', '/usr/local/lib/postern/postern.js'],
    );
  });

  it('has what its own Node made of the program, and of the room that reads arguments', () => {
    const program = `
      const vm = require('node:vm');
      vm.Script = class extends vm.Script {
        constructor(text, options) {
          super(text, options);
          console.error(options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'taken');
        }
      };
      process.argv.splice(1, process.argv.length, 'postern', '--version');
      require('/usr/local/lib/postern/postern.js');`;
    const { status, stderr } = runContainer(engine, [...NODE, image, '-e', program]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: 'taken\ntaken\n' });
  });

  it('has nothing that its user could write', () => {
    assert.deepEqual(inContainer(engine, image, `walk('/').filter(isWritable)`), []);
  });
});

/** The value of an expression of JavaScript, evaluated in a container as its own user; lists stay, others become one. */
function inContainer(engine: Engine, image: string, expression: string): unknown[] {
  const program = `
    const fs = require('node:fs');
    const mounted = ['/proc', '/sys', '/dev', '/run', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];
    const walk = (folder) => fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '/' ? '/' + entry.name : folder + '/' + entry.name;
      if (mounted.includes(path)) return [];
      return entry.isDirectory() ? [path, ...walk(path)] : [path];
    });
    const may = (path, mode) => { try { fs.accessSync(path, mode); return true; } catch { return false; } };
    const isWritable = (path) => may(path, fs.constants.W_OK);
    const isProgram = (path) => fs.statSync(path).isFile() && may(path, fs.constants.X_OK);
    console.log(JSON.stringify([${expression}].flat()));`;
  const { status, stdout, stderr } = runContainer(engine, [...NODE, image, '-e', program]);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as unknown[];
}

interface ImageFacts {
  readonly labels: Readonly<Record<string, string>>;
  readonly user: string;
  readonly bytes: number;
}

function inspect(engine: Engine, image: string): ImageFacts {
  const { status, stdout, stderr } = runClient(engine.podman, ['image', 'inspect', image]);
  assert.equal(status, 0, stderr);
  const [{ Config, Size }] = JSON.parse(stdout) as [
    { Config: { Labels: Record<string, string>; User: string }; Size: number },
  ];
  return { labels: Config.Labels, user: Config.User, bytes: Size };
}
