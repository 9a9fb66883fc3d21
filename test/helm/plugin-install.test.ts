import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { runClient } from '../survival/run-client.ts';
import { describeWith, ROOT } from '../tools.ts';
import { policiesOf } from './rendered.ts';
import { CONFIG, type Helm, isolateHelm, rendererArgs, SHOP } from './run-helm.ts';
import { serveFolder } from './serve-folder.ts';
import { cloneSources } from './sources.ts';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const ARCHIVE = `postern-helm-${version}.tgz`;

describe('plugin.yaml', () => {
  it('has the version of the package', () => {
    const plugin = load(readFileSync(join(ROOT, 'plugin.yaml'), 'utf8')) as { readonly version: string };
    assert.equal(plugin.version, version);
  });
});

describeWith('helm-4', 'helm plugin install', (path) => {
  let helm: Helm;

  before(() => {
    const { status, stderr } = runClient(process.execPath, [join(ROOT, 'scripts', 'helm-archive.mjs')]);
    assert.equal(status, 0, stderr);
  });

  beforeEach(() => {
    helm = isolateHelm(path);
  });

  afterEach(() => rmSync(helm.home, { recursive: true }));

  it('takes a folder', async () => {
    await installs(helm, [ROOT]);
  });

  it('takes the archive of a release', async () => {
    await installs(helm, ['--verify=false', join(ROOT, 'dist', ARCHIVE)]);
  });

  it('takes the archive from a web server', async () => {
    await installs(helm, ['--verify=false', await serve(join(ROOT, 'dist'), ARCHIVE)]);
  });

  it('takes a repository, which it builds', async () => {
    cloneSources(join(helm.home, 'postern.git'));
    await installs(helm, ['--verify=false', await serve(helm.home, 'postern.git')]);
  });

  it('refuses a folder without the plugin', async () => {
    mkdirSync(join(helm.home, 'elsewhere'));
    const { status, stderr } = await helm.run(['plugin', 'install', join(helm.home, 'elsewhere')]);
    assert.equal(status, 1);
    assert.match(stderr, /plugin\.yaml/);
  });

  it('says that a plugin is not installed', async () => {
    const { status, stderr } = await render(helm);
    assert.equal(status, 1);
    assert.match(stderr, /postern.*not found/);
  });

  it('says that Node is missing where the chart is rendered', async () => {
    helm.linkPlugin('postern', ROOT);
    const { status, stderr } = await render(helm, { PATH: helm.home });
    assert.equal(status, 1);
    assert.match(stderr, /"node": executable file not found/);
  });

  const closing: (() => void)[] = [];

  after(() => {
    for (const close of closing) close();
  });

  async function serve(folder: string, name: string): Promise<string> {
    const { url, close } = await serveFolder(folder);
    closing.push(close);
    return `${url}/${name}`;
  }
});

/** Installs the plugin, renders with it, and takes it away again. */
async function installs(helm: Helm, words: readonly string[]): Promise<void> {
  const installed = await helm.run(['plugin', 'install', ...words]);
  assert.equal(installed.status, 0, installed.stderr);
  assert.match(installed.stdout, /^Installed plugin: postern$/m);
  const rendered = await render(helm);
  assert.equal(rendered.status, 0, rendered.stderr);
  assert.ok(policiesOf(rendered.stdout).includes('rel-web'));
  const gone = await helm.run(['plugin', 'uninstall', 'postern']);
  assert.equal(gone.status, 0, gone.stderr);
  assert.equal((await render(helm)).status, 1);
}

function render(helm: Helm, env: NodeJS.ProcessEnv = {}): ReturnType<Helm['run']> {
  return helm.run(['template', 'rel', SHOP, '--post-renderer', 'postern', ...rendererArgs(`--config=${CONFIG}`)], env);
}
