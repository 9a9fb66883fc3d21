import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTERN } from '../tools.ts';

/** Tells which rooms are compiled. */
const SPY = `const vm = require('node:vm');
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const [, room] = /:(\\w+)$/.exec(options.filename) ?? [];
    if (room !== undefined) process.stderr.write('ROOM ' + room + '\\n');
  }
};`;

const PLAIN = `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: v1
  kind: Namespace
  metadata:
    annotations:
      postern.dev/isolate: both
    name: shop
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    annotations:
      postern.dev/allow-to: internet:443
      config.kubernetes.io/index: '1'
    name: web
    namespace: shop
  spec:
    template:
      metadata:
        labels:
          app: web
      spec:
        containers:
        - image: web:1
          name: web
functionConfig:
  apiVersion: postern.dev/v1alpha1
  kind: NetworkPolicyGenerator
  metadata:
    name: netpol
  spec:
    peers:
      prometheus: monitoring/app.kubernetes.io/name=prometheus
`;

const CALICO = `- apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata:
    name: hand-written
    namespace: shop
  spec:
    tier: security
    selector: app == 'web'
    types:
    - Ingress
`;

describe('the rooms of dist/postern.js', () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-rooms-'));
  const spy = join(folder, 'spy.cjs');
  before(() => writeFileSync(spy, SPY));
  after(() => rmSync(folder, { recursive: true }));

  const run = (
    input: string,
    ...words: readonly string[]
  ): { status: number | null; stdout: string; rooms: string[]; stderr: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', spy, POSTERN, ...words], {
      input,
      encoding: 'utf8',
    });
    const lines = stderr.split('\n');
    const rooms = lines.filter((line) => line.startsWith('ROOM ')).map((line) => line.slice('ROOM '.length));
    return { status, stdout, rooms, stderr };
  };

  it('stand behind the program, on the line that stacks count from', () => {
    const text = readFileSync(POSTERN, 'utf8');
    const [, line] = /^const PROGRAM_LINE = (\d+);$/m.exec(text) ?? [];
    assert.match(text.split('\n')[Number(line)] ?? '', /^\(function \(require, __filename, openRoom\) \{/);
  });

  it('stay closed for what kustomize sends', () => {
    const { status, stdout, rooms } = run(PLAIN);
    assert.equal(status, 0);
    assert.match(stdout, /name: default-deny/);
    assert.deepEqual(rooms, []);
  });

  it('give the YAML parser for flow style', () => {
    const { status, stdout, rooms } = run(PLAIN.replace('labels:\n          app: web', 'labels: {app: web}'));
    assert.equal(status, 0);
    assert.match(stdout, /name: default-deny/);
    assert.deepEqual(rooms, ['yaml']);
  });

  it('give zod for a config that is wrong', () => {
    const { status, stderr, rooms } = run(PLAIN.replace('peers:', 'peer:'));
    assert.equal(status, 1);
    assert.match(stderr, /must be a known field, got "peer" \(did you mean "peers"\?\)/);
    assert.deepEqual(rooms, ['config', 'errors']);
  });

  it('give the commands', () => {
    const { status, stderr, rooms } = run(PLAIN, 'check');
    assert.equal(status, 1);
    assert.match(stderr, /shop/);
    assert.deepEqual(rooms, ['commands', 'arguments', 'expect']);
  });

  it('give the readers of policies of other APIs, and their order', () => {
    const { status, stderr, rooms } = run(PLAIN.replace('items:\n', `items:\n${CALICO}`));
    assert.equal(status, 0);
    assert.match(stderr, /names the tier "security", whose Tier is not in these resources/);
    assert.deepEqual(rooms, ['dialects']);
  });

  it('give the proxies of a mesh', () => {
    const meshed = PLAIN.replace('isolate: both\n', 'isolate: both\n      linkerd.io/inject: enabled\n')
      .replace(
        'name: web\nfunctionConfig',
        'name: web\n          ports:\n          - containerPort: 8080\nfunctionConfig',
      )
      .replace('spec:\n    peers:', 'spec:\n    mesh: linkerd\n    identity: linkerd\n    peers:');
    const { status, stdout, stderr, rooms } = run(meshed);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /kind: Server\n/);
    assert.deepEqual(rooms, ['mesh']);
  });

  it('give the words for what is wrong with a list', () => {
    const { status, stderr, rooms } = run(PLAIN.replace('internet:443', 'internet;443'));
    assert.equal(status, 1);
    assert.match(stderr, /must not have ";", got "internet;443"; items are separated by commas/);
    // Its line is shown below it, and in the results only the YAML printer can write that.
    assert.deepEqual(rooms, ['errors', 'yaml']);
  });

  it('give the reader of files', () => {
    const file = join(folder, 'input.yaml');
    writeFileSync(file, PLAIN);
    const { status, stdout, rooms } = run('', file);
    assert.equal(status, 0);
    assert.match(stdout, /name: default-deny/);
    assert.deepEqual(rooms, ['arguments']);
  });
});
