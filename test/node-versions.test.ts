import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, POSTERN, ROOT } from './tools.ts';

const SHOP = readFileSync(join(ROOT, 'testdata', 'survival', 'apps', 'shop', 'shop.yaml'), 'utf8');

/** Runs of the function that the versions of Node must answer alike: arguments and stdin. */
const RUNS: Readonly<Record<string, { readonly args: readonly string[]; readonly input: string }>> = {
  'a stream': { args: [], input: SHOP },
  'a ResourceList': { args: [], input: resourceList(SHOP) },
  // Large enough for the settings of the runtime, which each version has of its own.
  'a large stream': { args: [], input: `${SHOP}---\n${largeObject()}` },
  'a mistake': { args: [], input: SHOP.replace('allow-to: cart', 'allow-to: chart') },
  'empty input': { args: [], input: '' },
  '--version': { args: ['--version'], input: '' },
  '--help': { args: ['--help'], input: '' },
};

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('dist/postern.js, copied alone to an empty folder', () => {
  let folder: string;
  let copy: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'postern-alone-'));
    copy = join(folder, 'postern.js');
    cpSync(POSTERN, copy);
  });
  after(() => rmSync(folder, { recursive: true }));

  const answer = (command: string, title: string): Answer => {
    const { args = [], input = '' } = RUNS[title] ?? {};
    // A path of certificates in the environment makes old versions print warnings of their own.
    const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...env } = process.env;
    const options = { input, cwd: folder, env, encoding: 'utf8' as const };
    const run = command === copy ? spawnSync(copy, args, options) : spawnSync(command, [copy, ...args], options);
    if (run.error !== undefined) throw run.error;
    return { status: run.status, stdout: run.stdout, stderr: run.stderr };
  };

  it('writes policies for a ResourceList', () => {
    const { status, stdout, stderr } = answer(process.execPath, 'a ResourceList');
    assert.equal(status, 0, stderr);
    assert.match(stdout, /kind: NetworkPolicy/);
  });

  it('has a large stream run in silence', () => {
    const { status, stderr } = answer(process.execPath, 'a large stream');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });

  it('refuses a mistake', () => {
    const { status, stderr } = answer(process.execPath, 'a mistake');
    assert.equal(status, 1);
    assert.match(stderr, /\[unknown-peer\]/);
  });

  it('is an executable itself', () => {
    assert.deepEqual(answer(copy, 'a stream'), answer(process.execPath, 'a stream'));
  });

  for (const major of ['20', '22', '24', '26']) {
    describeWith(`node-${major}`, `on Node ${major}`, (node) => {
      it('is that version', () => {
        const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
        assert.match(stdout, new RegExp(`^v${major}\\.`));
      });

      for (const title of Object.keys(RUNS)) {
        it(`answers ${title} as on this Node`, () => {
          assert.deepEqual(answer(node, title), answer(process.execPath, title));
        });
      }
    });
  }
});

function largeObject(): string {
  const lines = Array.from({ length: 20_000 }, (_, number) => `  setting-${number}: 'on'`);
  return ['apiVersion: v1', 'kind: ConfigMap', 'metadata: {name: large}', 'data:', ...lines, ''].join('\n');
}

/** A ResourceList with the objects of a stream. */
function resourceList(stream: string): string {
  const items = stream.split('---\n').map((text) => text.trimEnd().replaceAll('\n', '\n  '));
  return [
    'apiVersion: config.kubernetes.io/v1',
    'kind: ResourceList',
    'items:',
    ...items.map((text) => `- ${text}`),
    'functionConfig:',
    '  apiVersion: postern.dev/v1alpha1',
    '  kind: NetworkPolicyGenerator',
    '  metadata:',
    '    name: netpol',
    '  spec:',
    '    isolate: both',
    '',
  ].join('\n');
}
