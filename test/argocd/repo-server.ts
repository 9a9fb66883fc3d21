// Argo CD's repo-server, as far as it matters here: its own code, in the client of test/argocd/clients.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ClientRun } from '../survival/run-client.ts';
import { tool } from '../tools.ts';
import type { Sidecar } from './sidecar.ts';

/** An Application's source, as its spec has it, without the repository. */
export interface Source {
  readonly path?: string;
  readonly plugin?: {
    readonly name?: string;
    readonly parameters?: readonly Readonly<Record<string, unknown>>[];
    readonly env?: readonly { readonly name: string; readonly value: string }[];
  };
}

export interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

export interface Rendered {
  readonly sourceType: string;
  readonly manifests: readonly Manifest[];
}

/** A source that names the plugin, with parameters by name: a text, a list or a mapping each. */
export function plugin(parameters: Readonly<Record<string, unknown>> = {}, path = '.'): Source {
  const forms = Object.entries(parameters).map(([name, value]) => {
    const form = typeof value === 'string' ? 'string' : Array.isArray(value) ? 'array' : 'map';
    return { name, [form]: value };
  });
  return { path, plugin: { name: 'postern', parameters: forms } };
}

/** The manifests that an Application "shop" with the destination namespace "shop" is synced to. */
export function render(sidecar: Sidecar, repository: string, source: Source, ...flags: string[]): Rendered {
  return renderedBy(ask(sidecar, applicationOf(repository, source), 'render', flags));
}

/** The manifests of a whole Application, whose repository is at another URL than it says, with its files on "main". */
export function renderApplication(sidecar: Sidecar, repository: string, application: object): Rendered {
  const { spec, ...rest } = application as { readonly spec: { readonly source: object } };
  const moved = { ...rest, spec: { ...spec, source: { ...spec.source, repoURL: repository } } };
  return renderedBy(ask(sidecar, moved, 'render', []));
}

function renderedBy({ status, stdout, stderr }: ClientRun): Rendered {
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Rendered;
}

/** The error that the Application shows, where it cannot be rendered. */
export function renderError(sidecar: Sidecar, repository: string, source: Source, ...flags: string[]): string {
  const { status, stdout, stderr } = ask(sidecar, applicationOf(repository, source), 'render', flags);
  assert.notEqual(status, 0, stdout);
  return stderr
    .trimEnd()
    .split('\n')
    .filter((line) => !isLog(line))
    .join('\n');
}

/** What the UI is told of an Application. */
export function announcements(sidecar: Sidecar, repository: string, source: Source): readonly Announcement[] {
  const { status, stdout, stderr } = ask(sidecar, applicationOf(repository, source), 'parameters', []);
  assert.equal(status, 0, stderr);
  const { type, plugin: own } = JSON.parse(stdout) as {
    readonly type: string;
    readonly plugin: { readonly parametersAnnouncement: readonly Announcement[] };
  };
  assert.equal(type, 'Plugin');
  return own.parametersAnnouncement;
}

export interface Announcement {
  readonly name: string;
  readonly title: string;
  readonly tooltip: string;
  readonly collectionType: string;
  readonly string?: string;
  readonly array?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
}

/** What Argo CD's sync engine would apply, step by step: each waits until the one before is healthy. */
export function syncSteps(manifests: readonly Manifest[]): readonly (readonly string[])[] {
  const { status, stdout, stderr } = run(['sync'], {}, JSON.stringify(manifests));
  assert.equal(status, 0, stderr);
  return (JSON.parse(stdout) as string[][]).map((step) => step.sort());
}

/** What a health check of argocd-cm says of an object. */
export function healthOf(script: string, object: Manifest): { readonly status: string; readonly message?: string } {
  const { status, stdout, stderr } = run(['health'], {}, JSON.stringify({ script, object }));
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as ReturnType<typeof healthOf>;
}

/** `Kind/name` of each manifest, sorted. */
export function namesOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
}

function ask({ sockets }: Sidecar, application: object, action: string, flags: readonly string[]): ClientRun {
  const folder = mkdtempSync(join(tmpdir(), 'postern-application-'));
  try {
    const file = join(folder, 'application.yaml');
    writeFileSync(file, JSON.stringify(application));
    return run([...flags, action, file], { ARGOCD_PLUGINSOCKFILEPATH: sockets });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function applicationOf(repoURL: string, source: Source): object {
  const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };
  const spec = { project: 'default', destination, source: { repoURL, targetRevision: 'main', path: '.', ...source } };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec,
  };
}

function run(words: readonly string[], env: NodeJS.ProcessEnv, input = ''): ClientRun {
  const program = tool('repo-server-client') ?? assert.fail('repo-server-client is missing');
  const own = mkdtempSync(join(tmpdir(), 'postern-path-'));
  try {
    // What the repo-server renders itself.
    symlinkSync(tool('helm-3') ?? assert.fail('helm-3 is missing'), join(own, 'helm'));
    const path = `${own}${delimiter}${process.env['PATH']}`;
    const options = {
      env: { ...process.env, ...env, PATH: path },
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    } as const;
    const { status, stdout, stderr, error } = spawnSync(program, words, options);
    if (error !== undefined) throw error;
    return { status, stdout, stderr };
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** The repo-server logs what it does with git, beside what it answers. */
function isLog(line: string): boolean {
  return /^(?:time=|\{"|[IWE]\d{4} )/.test(line);
}
