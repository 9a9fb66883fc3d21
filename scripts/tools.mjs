// Installs the clients that the tests run Postern in: Kustomize, Helm, Cyclonus, Argo CD, the checkers of the dialects, the
// Node versions of package.json and podman.
// Each is built once into a cache that all clones share, then linked into .tools/bin, which git ignores.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { installChromium } from './tools/chromium.mjs';
import { copyDefinitions } from './tools/definitions.mjs';
import { installEngine } from './tools/engine.mjs';
import { goModule } from './tools/go-module.mjs';
import { installInto } from './tools/install-into.mjs';
import { onPath } from './tools/on-path.mjs';
import { installShellcheck } from './tools/shellcheck.mjs';
import { withoutNpm } from './tools/without-npm.mjs';

const kustomize = (version) =>
  goTool(`kustomize-${version}`, version, 'kustomize', 'sigs.k8s.io/kustomize/kustomize/v5');
const TOOLS = [
  kustomize('5.8.2'),
  kustomize('5.4.3'),
  kustomize('5.0.1'),
  goTool('helm-3', '3.22.0', 'helm', 'helm.sh/helm/v3/cmd/helm'),
  goTool('helm-4', '4.3.1', 'helm', 'helm.sh/helm/v4/cmd/helm'),
  goTool('cyclonus', '0.5.6', 'cyclonus', 'github.com/mattfenwick/cyclonus/cmd/cyclonus'),
  goTool('actionlint', '1.7.12', 'actionlint', 'github.com/rhysd/actionlint/cmd/actionlint'),
  nodeTool('node-20', '20.19.0'),
  nodeTool('node-22', '22.23.3'),
  nodeTool('node-24', '24.21.0'),
  nodeTool('node-26', '26.10.0'),
  ...goModule({ name: 'argocd', source: 'test/argocd/clients' }),
  ...goModule({ name: 'checkers', source: 'test/dialects/checkers', beside: copyDefinitions }),
];
const FROM_PATH = {
  kpt: 'https://kpt.dev/installation/kpt-cli/',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
};

const CACHE = process.env.POSTERN_TOOLS_CACHE || join(homedir(), '.cache', 'postern-tools');
const FOLDER = join(import.meta.dirname, '..', '.tools');
const BIN = join(FOLDER, 'bin');
/** Versions of kubectl that come beside the newest one in some installations, as `kubectl.1.27`. */
const KUBECTL_VERSIONS = ['1.27', '1.33'];

function goTool(name, version, binary, module) {
  const run = (folder) =>
    spawnSync('go', ['install', '-trimpath', `${module}@v${version}`], {
      env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  return {
    name,
    folder: `${binary}-${version}`,
    binary,
    needs: 'go',
    install: run,
    by: `go install ${module}@v${version}`,
  };
}

function nodeTool(name, version) {
  const run = (folder) => {
    writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
    const args = ['install', '--no-save', '--no-package-lock', '--loglevel=error', `node@${version}`];
    return spawnSync('npm', args, {
      cwd: folder,
      env: withoutNpm(process.env),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  const binary = join('node_modules', 'node', 'bin', 'node');
  return { name, folder: `node-${version}`, binary, needs: 'npm', install: run, by: `npm install node@${version}` };
}

function install(tool) {
  return installInto(join(CACHE, tool.folder), tool.binary, (folder) => {
    if (onPath(tool.needs) === undefined)
      throw new Error(`${tool.needs} is not on PATH; install it and run this again`);
    console.log(`${tool.name}: ${tool.by}`);
    const { status, error } = tool.install(folder);
    if (error) throw error;
    if (status !== 0) throw new Error(`"${tool.by}" failed`);
  });
}

function link(name, target) {
  const path = join(BIN, name);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(path) === target) return;
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

/** Where an installation of several kubectl keeps them: on PATH, or beside the one that is. */
function kubectlOf(version) {
  const newest = onPath('kubectl');
  const beside = newest === undefined ? [] : [join(dirname(realpathSync(newest)), `kubectl.${version}`)];
  return [onPath(`kubectl.${version}`), ...beside].find((path) => path !== undefined && existsSync(path));
}

function attempt(name, make) {
  try {
    console.log(`${name}: ${make()}`);
    return true;
  } catch (error) {
    console.error(`${name}: not installed: ${error.message}`);
    return false;
  }
}

mkdirSync(BIN, { recursive: true });
const installed = TOOLS.map((tool) =>
  attempt(tool.name, () => {
    const how = install(tool);
    link(tool.name, join(CACHE, tool.folder, tool.binary));
    return `${how}, .tools/bin/${tool.name}`;
  }),
);
installed.push(attempt('engine', () => `${installEngine({ cache: CACHE, tools: FOLDER })}, .tools/bin/engine/podman`));
installed.push(
  attempt('chromium', () => {
    const { how, path } = installChromium();
    link('chromium', path);
    return `${how}, .tools/bin/chromium`;
  }),
);
installed.push(
  attempt('shellcheck', () => {
    const { how, path } = installShellcheck();
    link('shellcheck', path);
    return `${how}, .tools/bin/shellcheck`;
  }),
);
for (const version of KUBECTL_VERSIONS) {
  const path = kubectlOf(version);
  if (path !== undefined) link(`kubectl-${version}`, path);
  console.log(
    `kubectl ${version}: ${path ?? 'neither on PATH nor beside kubectl, so its tests are skipped (fail with CI=true)'}`,
  );
}
for (const [command, page] of Object.entries(FROM_PATH)) {
  const path = onPath(command);
  if (path) console.log(`${command}: taken from PATH`);
  else console.error(`${command}: not on PATH, so the tests that run it are skipped (fail with CI=true); see ${page}`);
}
process.exitCode = installed.every(Boolean) ? 0 : 1;
