import assert from 'node:assert/strict';
import { carryOver } from '../../src/argocd/carry-over.ts';
import { helmArguments } from '../../src/argocd/helm-arguments.ts';
import { isPosternImage, readFunctions, readKustomization } from '../../src/argocd/kustomization.ts';
import { mergeConfig } from '../../src/argocd/merge-config.ts';
import { type Environment, readParameters, saysAnything } from '../../src/argocd/read-parameters.ts';
import { annotateWarnings } from '../../src/argocd/warnings.ts';
import type { Problem } from '../../src/model/problem.ts';

const read = (environment: Environment) => {
  const problems: Problem[] = [];
  const values = readParameters(environment, (problem) => void problems.push(problem));
  return { values, messages: problems.map(({ message }) => message) };
};
const parameters = (list: unknown): Environment => ({ ARGOCD_APP_PARAMETERS: JSON.stringify(list) });

describe('the parameters of an Application', () => {
  it('are none where Argo CD sends null, as it does for a plugin without parameters', () => {
    assert.deepEqual(read({ ARGOCD_APP_PARAMETERS: 'null' }).messages, []);
    assert.equal(saysAnything({ ARGOCD_APP_PARAMETERS: 'null', ARGOCD_ENV_AVP_TYPE: 'vault' }), false);
  });

  it('are as if absent where they are empty', () => {
    const { values, messages } = read(
      parameters([
        { name: 'isolate', string: ' ' },
        { name: 'namespaces', array: [''] },
        { name: 'peers', map: {} },
      ]),
    );
    assert.deepEqual(messages, []);
    assert.equal(values.strings.size + values.arrays.size + values.maps.size, 0);
  });

  it('are refused with their names where they are no parameters', () => {
    assert.match(read(parameters({ isolate: 'both' })).messages.join(), /ARGOCD_APP_PARAMETERS must be a list in JSON/);
    assert.match(read({ ARGOCD_APP_PARAMETERS: '{' }).messages.join(), /must be a list in JSON/);
    assert.match(read(parameters([{ string: 'x' }])).messages.join(), /got "undefined"/);
  });

  it('keep what a variable has after its first equals sign', () => {
    const { values } = read({ ARGOCD_ENV_POSTERN_PEERS: 'db=data/app=pg; cache=data/app=redis' });
    assert.deepEqual(
      values.maps.get('peers'),
      new Map([
        ['db', 'data/app=pg'],
        ['cache', 'data/app=redis'],
      ]),
    );
  });
});

describe('a config with parameters', () => {
  const { values } = read(
    parameters([
      { name: 'peers', map: { db: 'data/app=pg' } },
      { name: 'sync-waves', string: 'true' },
      { name: 'always-allow-from', array: ['monitoring/*'] },
    ]),
  );

  it('keeps the rest of the file', () => {
    const file = { kind: 'NetworkPolicyGenerator', spec: { trust: 'own', peers: { web: 'a/app=web' }, argocd: {} } };
    assert.deepEqual(mergeConfig(file, values, 'shop'), {
      kind: 'NetworkPolicyGenerator',
      spec: {
        trust: 'own',
        peers: { web: 'a/app=web', db: 'data/app=pg' },
        always: { allowFrom: ['monitoring/*'] },
        argocd: { syncWaves: true },
        namespace: 'shop',
      },
    });
  });

  it('keeps the namespace that the file says', () => {
    const merged = mergeConfig({ kind: 'NetworkPolicyGenerator', spec: { namespace: 'own' } }, values, 'shop');
    assert.equal((merged['spec'] as { namespace: string }).namespace, 'own');
  });

  it('is text in a ConfigMap', () => {
    assert.deepEqual(mergeConfig({ kind: 'ConfigMap', data: { trust: 'own' } }, values, 'shop')['data'], {
      trust: 'own',
      'peers.db': 'data/app=pg',
      'always.allowFrom': 'monitoring/*',
      'argocd.syncWaves': 'true',
      namespace: 'shop',
    });
  });
});

describe('the arguments of helm template', () => {
  const release = { application: 'shop', namespace: '', kubeVersion: '', apiVersions: [], valuesFiles: [] };

  it('escape commas as Argo CD does: not in lists, and not twice', () => {
    const map = { a: 'x,y', b: '{x,y}', c: 'x\\,y' };
    const words = helmArguments(release, read(parameters([{ name: 'helm-parameters', map }])).values);
    assert.deepEqual(
      words.filter((word) => /^[abc]=/.test(word)),
      ['a=x\\,y', 'b={x,y}', 'c=x\\,y'],
    );
  });
});

describe('a kustomization', () => {
  it('tells what it builds on, without an apiVersion too', () => {
    assert.deepEqual(readKustomization('resources: [a]\ncomponents: [b]\nvalidators: [c]\n'), {
      builds: ['a', 'b'],
      transformers: [],
      others: ['c'],
      isPlain: false,
    });
    assert.equal(readKustomization('resources: ['), undefined);
    assert.equal(readKustomization('- a\n'), undefined);
  });

  it('knows its functions', () => {
    const listing = (runs: string) => `metadata: {annotations: {config.kubernetes.io/function: "${runs}"}}\n`;
    const functions = readFunctions(
      [
        listing('exec: {path: ./postern}'),
        listing('container: {image: a/postern@sha256:0}'),
        'kind: PrefixTransformer\n',
      ].join('---\n'),
    );
    assert.deepEqual(
      functions.map(({ runs, program, isPostern }) => [runs, program, isPostern]),
      [
        ['program', './postern', true],
        ['container', 'a/postern@sha256:0', true],
      ],
    );
    assert.deepEqual(['postern', 'x/postern:v1', 'x/postern-like', 'xpostern'].map(isPosternImage), [
      true,
      true,
      false,
      false,
    ]);
  });
});

const policy = (name: string, namespace: string, type = 'networking.k8s.io/v1\nkind: NetworkPolicy'): string =>
  `apiVersion: ${type}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  annotations:\n    postern.dev/generated: own/${name}\n`;

describe('warnings on policies', () => {
  const stream = [
    'kind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\n',
    policy('deny', 'a'),
    policy('web', 'a'),
    policy('deny', 'b'),
  ].join('---\n');
  const told = (line: string): number =>
    annotateWarnings(stream, [line])
      .split('---\n')
      .findIndex((text) => text.includes('postern.dev/warnings'));

  it('stand on the policy of the object, else of its namespace, else on the first', () => {
    assert.equal(told('[warning] apps/v1/Deployment/a/web: x [y]'), 2);
    assert.equal(told('[warning] v1/Service/b/web spec.ports: x [y]'), 3);
    assert.equal(told('[warning] must hold x [y]'), 1);
  });

  it('stand on policies of every kind that is written', () => {
    const own = policy('web', 'a', 'cilium.io/v2\nkind: CiliumNetworkPolicy');
    assert.match(annotateWarnings(own, ['[warning] v1/Service/a/web: x [y]']), /postern\.dev\/warnings/);
    const other = policy('web', 'a', 'example.com/v1\nkind: CiliumNetworkPolicy');
    assert.equal(annotateWarnings(other, ['[warning] v1/Service/a/web: x [y]']), other);
  });

  it('change no other byte', () => {
    const [first, , third, fourth] = annotateWarnings(stream, ['[warning] x [y]']).split('---\n');
    const [before, , second, last] = stream.split('---\n');
    assert.deepEqual([first, third, fourth], [before, second, last]);
    assert.equal(annotateWarnings(stream, []), stream);
  });

  it('are cut where there are too many for an annotation', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `[warning] v1/Service/a/web: ${index} [y]`);
    const out = annotateWarnings(stream, many);
    assert.ok(out.length < stream.length + 10_000);
    assert.match(out, /and \d+ more, in the log of the plugin's sidecar/);
  });
});

describe('what a run did, done to the finished build', () => {
  it('finds policies by their names, and leaves the client’s own annotations behind', () => {
    const seen = JSON.stringify({
      apiVersion: 'config.kubernetes.io/v1',
      kind: 'ResourceList',
      items: ['old', 'gone'].map((name) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name, namespace: 'a' },
      })),
    });
    const now = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: {
        name: 'old',
        namespace: 'a',
        annotations: { 'internal.config.kubernetes.io/prefixes': 'x-', kept: '1' },
      },
    };
    const changes = {
      replace: new Map([[0, now]]),
      remove: new Set([1]),
      append: [{ manifest: { kind: 'New', metadata: { name: 'added' } } }],
    };
    const build = [policy('gone', 'a'), policy('gone', 'b'), policy('old', 'a')].join('---\n');
    const out = carryOver(changes, seen, build);
    assert.deepEqual(out.match(/(?<=namespace: ).|(?<= {2}name: )\S+/g), ['gone', 'b', 'old', 'a', 'added']);
    assert.match(out, /kept: '1'/);
    assert.doesNotMatch(out, /internal\.config/);
  });

  it('tells policies of one name by their kinds', () => {
    const metadata = { name: 'web', namespace: 'a' };
    const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata };
    const plain = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata };
    const type = { apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList' };
    const seen = JSON.stringify({ ...type, items: [plain, cilium] });
    const changes = { replace: new Map([[1, { ...cilium, spec: {} }]]), remove: new Set([0]), append: [] };
    const build = [policy('web', 'a', 'cilium.io/v2\nkind: CiliumNetworkPolicy'), policy('web', 'a')].join('---\n');
    const out = carryOver(changes, seen, build);
    assert.match(out, /kind: CiliumNetworkPolicy[\s\S]*spec: \{\}/);
    assert.doesNotMatch(out, /kind: NetworkPolicy/);
  });
});
