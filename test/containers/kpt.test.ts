import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { HELP } from '../../src/adapters/help.ts';
import { withFolder } from '../survival/build-tree.ts';
import { filesOf } from '../survival/kpt-package.ts';
import { type ClientRun, runClient } from '../survival/run-client.ts';
import { describeWith, ROOT } from '../tools.ts';
import { buildImage, describeWithEngine, IMAGE } from './engine.ts';

const FUNCTIONS = join(ROOT, 'functions');
const EXAMPLE = 'generate-network-policies/examples/in-a-container';
const POLICIES = ['allow-dns', 'broker', 'default-deny', 'worker'].map((name) => `queue/networkpolicy_${name}.yaml`);

/** What the example's README puts into the Kptfile. */
const KPTFILE = `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: package
pipeline:
  mutators:
    - image: ${IMAGE}
      configMap:
        isolate: both
`;

/** A copy of the example in a folder of its own, called `package`, with a pipeline. */
interface Workplace {
  readonly root: string;
  readonly folder: string;
  kpt(...args: readonly string[]): ClientRun;
}

describeWithEngine('the container in kpt', (engine) => {
  before(() => {
    buildImage(engine);
  });

  describeWith('kpt', 'of this machine', (path) => {
    const withExample = (use: (place: Workplace) => void, variables: NodeJS.ProcessEnv = {}): void => {
      withFolder((root) => {
        const folder = join(root, 'package');
        cpSync(join(FUNCTIONS, EXAMPLE), folder, { recursive: true });
        writeFileSync(join(folder, 'Kptfile'), KPTFILE);
        const env = { ...engine.env, ...variables };
        use({ root, folder, kpt: (...args) => runClient(path, args, { cwd: root, env }) });
      });
    };
    const kept: Readonly<Record<string, string>> = { Kptfile: KPTFILE, ...filesOf(join(FUNCTIONS, EXAMPLE)) };

    for (const runtime of ['docker', 'podman']) {
      it(`renders the example's policies into files of their own, with ${runtime}`, () => {
        withExample(
          ({ folder, kpt }) => {
            for (const policy of POLICIES) rmSync(join(folder, policy));
            assertSuccess(kpt('fn', 'render', 'package'));
            assert.deepEqual(filesOf(folder), kept);
          },
          { KPT_FN_RUNTIME: runtime },
        );
      });
    }

    it('keeps a policy in the file to which somebody moved it', () => {
      withExample(({ folder, kpt }) => {
        mkdirSync(join(folder, 'policies'));
        renameSync(join(folder, 'queue/networkpolicy_worker.yaml'), join(folder, 'policies/worker.yaml'));
        const moved = filesOf(folder);
        assertSuccess(kpt('fn', 'render', 'package'));
        assert.deepEqual(filesOf(folder), moved);
      });
    });

    it('follows a change of the files, where the policies are', () => {
      withExample(({ folder, kpt }) => {
        edit(join(folder, 'queue.yaml'), 'containerPort: 5672', 'containerPort: 5671');
        assertSuccess(kpt('fn', 'render', 'package'));
        const after = filesOf(folder);
        assert.deepEqual(Object.keys(after), Object.keys(kept));
        assert.match(after['queue/networkpolicy_broker.yaml'] ?? '', /port: 5671/);
      });
    });

    it('saves a mistake in the results, shows it, and writes no file', () => {
      withExample(({ root, folder, kpt }) => {
        edit(join(folder, 'queue.yaml'), 'allow-to: broker', 'allow-to: brocker');
        const before = filesOf(folder);
        const { status, stderr } = kpt('fn', 'render', 'package', '--results-dir', 'results');
        assert.notEqual(status, 0);
        assert.match(stderr, /got "brocker" \(did you mean "broker"\?\)/);
        assert.deepEqual(filesOf(folder), before);
        const saved = load(readFileSync(join(root, 'results', 'results.yaml'), 'utf8')) as Results;
        assert.deepEqual([saved.exitCode, saved.items.length], [1, 1]);
        const [{ image, exitCode, results } = assert.fail()] = saved.items;
        assert.deepEqual([image, exitCode], [IMAGE, 1]);
        const errors = results?.filter(({ severity }) => severity === 'error');
        assert.deepEqual(
          errors?.map(({ file }) => file),
          [{ path: 'queue.yaml', index: 1 }],
        );
      });
    });

    it('runs by kpt fn eval, with fields on the command line and with a config file', () => {
      withExample(({ root, folder, kpt }) => {
        rmSync(join(folder, 'Kptfile'));
        for (const policy of POLICIES) rmSync(join(folder, policy));
        const { Kptfile: _, ...want } = kept;
        const image = ['fn', 'eval', 'package', '--image', IMAGE];
        assertSuccess(kpt(...image, '--', 'isolate=both'));
        assert.deepEqual(filesOf(folder), want);
        const config = 'apiVersion: postern.dev/v1alpha1\nkind: NetworkPolicyGenerator\nmetadata:\n  name: postern\n';
        writeFileSync(join(root, 'netpol.yaml'), `${config}spec:\n  isolate: both\n`);
        assertSuccess(kpt(...image, '--fn-config', 'netpol.yaml'));
        assert.deepEqual(filesOf(folder), want);
      });
    });

    it('shows its help by kpt fn doc', () => {
      withExample(({ kpt }) => {
        const { status, stdout, stderr } = kpt('fn', 'doc', '--image', IMAGE);
        assert.equal(status, 0, stderr);
        assert.equal(stdout.trim(), HELP.trim());
      });
    });

    it("takes a package from a repository with kpt pkg get, and runs as the example's README says", () => {
      withExample(({ root, kpt }) => {
        const [, fetch = '', evaluate = ''] = /```shell\n(kpt pkg get .*)\n(kpt fn eval .*)\n```/.exec(readme()) ?? [];
        const repository = publish(join(root, 'postern.git'));
        const published = 'https://github.com/postern-dev/postern.git';
        assertSuccess(kpt(...words(fetch.replace(published, `file://${repository}`))));
        const folder = join(root, 'in-a-container');
        const fetched = filesOf(folder);
        for (const policy of POLICIES) rmSync(join(folder, policy));
        assertSuccess(kpt(...words(evaluate)));
        assert.match(readFileSync(join(folder, 'Kptfile'), 'utf8'), new RegExp(`- image: ${IMAGE}$`, 'm'));
        for (const policy of POLICIES) assert.equal(filesOf(folder)[policy], kept[policy]);
        assert.equal(filesOf(folder)['queue.yaml'], fetched['queue.yaml']);
        const evaluated = filesOf(folder);
        assertSuccess(kpt('fn', 'render', 'in-a-container'));
        assert.deepEqual(filesOf(folder), evaluated);
      });
    });
  });
});

interface Results {
  readonly exitCode: number;
  readonly items: readonly {
    readonly image: string;
    readonly exitCode: number;
    readonly results?: readonly { readonly severity: string; readonly file?: object }[];
  }[];
}

function readme(): string {
  return readFileSync(join(FUNCTIONS, EXAMPLE, 'README.md'), 'utf8');
}

/** The words of a command of kpt, without its name. */
function words(line: string): readonly string[] {
  const [name, ...rest] = line.split(' ');
  assert.equal(name, 'kpt');
  return rest;
}

/** Makes a repository of the published functions, tagged as a release is. */
function publish(repository: string): string {
  cpSync(FUNCTIONS, join(repository, 'functions'), { recursive: true });
  git(repository, 'init', '--quiet');
  git(repository, 'add', '--all');
  git(repository, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message=all');
  git(repository, 'tag', IMAGE.slice(IMAGE.lastIndexOf(':') + 1));
  return repository;
}

function git(folder: string, ...args: readonly string[]): void {
  assertSuccess(runClient('git', ['-C', folder, ...args]));
}

function assertSuccess({ status, stderr }: ClientRun): void {
  assert.equal(status, 0, stderr);
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${path} must have ${from}`);
  writeFileSync(path, text.replaceAll(from, to));
}
