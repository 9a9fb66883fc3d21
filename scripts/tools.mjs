// Installs the clients that the tests run Postern in: Kustomize, Cyclonus and the Node versions of package.json.
// Each is built once into a cache that all clones share, then linked into .tools/bin, which git ignores.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const kustomize = (version) =>
  goTool(`kustomize-${version}`, version, 'kustomize', 'sigs.k8s.io/kustomize/kustomize/v5');
const TOOLS = [
  kustomize('5.8.2'),
  kustomize('5.4.3'),
  kustomize('5.0.1'),
  goTool('cyclonus', '0.5.6', 'cyclonus', 'github.com/mattfenwick/cyclonus/cmd/cyclonus'),
  nodeTool('node-20', '20.19.0'),
  nodeTool('node-22', '22.23.3'),
  nodeTool('node-24', '24.21.0'),
  nodeTool('node-26', '26.10.0'),
];
const FROM_PATH = {
  kpt: 'https://kpt.dev/installation/kpt-cli/',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
};

const CACHE = process.env.POSTERN_TOOLS_CACHE || join(homedir(), '.cache', 'postern-tools');
const BIN = join(import.meta.dirname, '..', '.tools', 'bin');

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

/** `npm run` hands its own settings down, and an npm inside it would take this project for the one to install into. */
function withoutNpm(env) {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^(npm_|INIT_CWD$)/i.test(key)));
}

function onPath(command) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path));
}

/** Installs beside the final folder and renames, so that an interrupted install is never taken for a whole one. */
function install(tool) {
  const final = join(CACHE, tool.folder);
  if (existsSync(join(final, tool.binary))) return 'cached';
  if (onPath(tool.needs) === undefined) throw new Error(`${tool.needs} is not on PATH; install it and run this again`);
  console.log(`${tool.name}: ${tool.by}`);
  const partial = `${final}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const { status, error } = tool.install(partial);
  if (error) throw error;
  if (status !== 0 || !existsSync(join(partial, tool.binary))) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(`"${tool.by}" failed`);
  }
  rmSync(final, { recursive: true, force: true });
  renameSync(partial, final);
  return 'installed';
}

function link(tool) {
  const target = join(CACHE, tool.folder, tool.binary);
  const path = join(BIN, tool.name);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(path) === target) return;
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

mkdirSync(BIN, { recursive: true });
let failed = 0;
for (const tool of TOOLS) {
  try {
    const how = install(tool);
    link(tool);
    console.log(`${tool.name}: ${how}, .tools/bin/${tool.name}`);
  } catch (error) {
    failed += 1;
    console.error(`${tool.name}: not installed: ${error.message}`);
  }
}
for (const [command, page] of Object.entries(FROM_PATH)) {
  const path = onPath(command);
  if (path) console.log(`${command}: taken from PATH`);
  else console.error(`${command}: not on PATH, so the tests that run it are skipped (fail with CI=true); see ${page}`);
}
process.exitCode = failed === 0 ? 0 : 1;
