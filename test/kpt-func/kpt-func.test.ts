import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import { Configs, type KubernetesObject } from 'kpt-functions';
import { generateNetworkPolicies } from '../../src/adapters/kpt-func.ts';
import { run } from '../../src/run.ts';

const deployment = (name: string, annotations: Record<string, string>): KubernetesObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', annotations },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', ports: [{ containerPort: 8080 }] }] },
      },
    },
  }) as unknown as KubernetesObject;

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', annotations: { 'postern.dev/isolate': 'both' } },
} as unknown as KubernetesObject;

const functionConfig = {
  apiVersion: 'postern.dev/v1alpha1',
  kind: 'NetworkPolicyGenerator',
  metadata: { name: 'netpol' },
} as unknown as KubernetesObject;

const isPolicy = ({ kind }: { readonly kind: string }): boolean => kind === 'NetworkPolicy';

function policiesOfCommand(items: readonly KubernetesObject[]): unknown {
  const text = JSON.stringify({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items, functionConfig });
  return (load(run({ input: text }).output) as { items: { kind: string }[] }).items.filter(isPolicy);
}

describe('the generator as a KptFunc', () => {
  const items = [namespace, deployment('web', { 'postern.dev/allow-to': 'cart' }), deployment('cart', {})];

  it('gives the policies of the command', async () => {
    const configs = new Configs([...items], functionConfig);
    await generateNetworkPolicies(configs);
    const byName = (a: KubernetesObject, b: KubernetesObject): number => (a.metadata.name < b.metadata.name ? -1 : 1);
    const policies = configs.getAll().filter(isPolicy);
    assert.equal(policies.length, 4);
    assert.deepEqual(policies.sort(byName), (policiesOfCommand(items) as KubernetesObject[]).sort(byName));
  });

  it('replaces and removes its own policies on a second run', async () => {
    const first = new Configs([...items], functionConfig);
    await generateNetworkPolicies(first);
    const policies = first.getAll().filter(isPolicy);
    const lonely = [namespace, deployment('web', {}), ...policies];
    const second = new Configs(lonely, functionConfig);
    await generateNetworkPolicies(second);
    const names = second
      .getAll()
      .filter(isPolicy)
      .map(({ metadata }) => metadata.name);
    assert.deepEqual(names.sort(), ['allow-dns', 'default-deny']);
  });

  it('reports in the words of the SDK and changes nothing after an error', async () => {
    const broken = [namespace, deployment('web', { 'postern.dev/allow-to': 'crat' }), deployment('cart', {})];
    const configs = new Configs([...broken], functionConfig);
    await generateNetworkPolicies(configs);
    assert.deepEqual(configs.getAll().filter(isPolicy), []);
    const [result] = configs.getResults();
    assert.equal(result?.severity, 'error');
    assert.match(result?.message ?? '', /did you mean "cart"/);
    const warned = new Configs([
      namespace,
      deployment('web', { 'postern.dev/allow-to': 'cart:9' }),
      deployment('cart', {}),
    ]);
    await generateNetworkPolicies(warned);
    assert.deepEqual(
      warned.getResults().map(({ severity }) => severity),
      ['warn'],
    );
  });
});
