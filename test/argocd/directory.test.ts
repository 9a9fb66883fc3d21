import assert from 'node:assert/strict';
import { namesOf, plugin, render, renderError, syncSteps } from './repo-server.ts';
import { makeRepository } from './repository.ts';
import { generator, MANIFESTS, web } from './shop.ts';
import { describeWithSidecar } from './sidecar.ts';

const POLICIES = ['allow-dns', 'cart', 'default-deny', 'web'].map((name) => `NetworkPolicy/${name}`);
const OBJECTS = ['Deployment/cart', 'Deployment/web', 'Namespace/shop', ...POLICIES, 'Service/cart'];

describeWithSidecar('Argo CD renders plain files', (sidecar) => {
  it('with their policies', () => {
    const { sourceType, manifests } = render(sidecar(), makeRepository(MANIFESTS), plugin());
    assert.equal(sourceType, 'Plugin');
    assert.deepEqual(namesOf(manifests), OBJECTS);
  });

  it('as it would itself: no subfolders, no marked files, no other files', () => {
    const files = {
      ...MANIFESTS,
      'README.md': 'kind: Nothing\n',
      'chart-values.yaml': '# +argocd:skip-file-rendering\nimage: web\n',
      'more/deployment.yaml': web('none'),
    };
    const repository = makeRepository(files);
    const own = render(sidecar(), repository, { path: '.' });
    assert.equal(own.sourceType, 'Directory');
    const { manifests } = render(sidecar(), repository, plugin());
    assert.deepEqual(namesOf(manifests.filter(({ kind }) => kind !== 'NetworkPolicy')), namesOf(own.manifests));
  });

  it('and those of subfolders, with recurse', () => {
    const { 'cart.yaml': cart, ...rest } = MANIFESTS;
    const repository = makeRepository({ ...rest, 'a/b/cart.yaml': cart });
    assert.deepEqual(namesOf(render(sidecar(), repository, plugin({ recurse: 'true' })).manifests), OBJECTS);
  });

  it('without the config that it uses', () => {
    const files = { ...MANIFESTS, 'postern.yaml': generator('shop-team', { trust: 'own' }) };
    const { manifests } = render(sidecar(), makeRepository(files), plugin({ trust: 'namespace' }));
    assert.deepEqual(namesOf(manifests), OBJECTS);
    const marks = manifests.map(({ metadata }) => metadata.annotations?.['postern.dev/generated'] ?? 'shop-team/');
    assert.ok(
      marks.every((mark) => mark.startsWith('shop-team/')),
      marks.join(),
    );
  });

  it('with texts that YAML 1.1 takes for something else', () => {
    const odd = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'odd' },
      data: { yes: 'no', on: '010', '~': 'y', n: '1_000' },
    };
    const files = { ...MANIFESTS, 'odd.yaml': odd, 'web.yaml': web('y/app=on, cart') };
    const { manifests } = render(sidecar(), makeRepository(files), plugin());
    assert.deepEqual(manifests.find(({ kind }) => kind === 'ConfigMap')?.['data'], odd.data);
    const policy = manifests.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'web');
    assert.match(JSON.stringify(policy), /"values":\["y"\].*"values":\["on"\]/);
  });

  it('but no jsonnet, which it would lose', () => {
    const error = renderError(sidecar(), makeRepository({ ...MANIFESTS, 'a.jsonnet': '{}' }), plugin());
    assert.match(error, /must not hold jsonnet, which this plugin does not run, got "a\.jsonnet"/);
  });

  it('and syncs what allows before what denies, with sync-waves', () => {
    const { manifests } = render(sidecar(), makeRepository(MANIFESTS), plugin({ 'sync-waves': 'true' }));
    const all = namesOf(manifests);
    const [first, second, ...more] = syncSteps(manifests);
    assert.deepEqual(
      first,
      all.filter((name) => name !== 'NetworkPolicy/default-deny'),
    );
    assert.deepEqual(second, ['NetworkPolicy/default-deny']);
    assert.deepEqual(more, []);
  });

  it('and none before the wave of its Namespace', () => {
    const wave = { 'argocd.argoproj.io/sync-wave': '3' };
    const annotations = { 'postern.dev/isolate': 'both', ...wave };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', annotations } };
    const files = { ...MANIFESTS, 'namespace.yaml': namespace };
    const { manifests } = render(sidecar(), makeRepository(files), plugin({ 'sync-waves': 'true' }));
    assert.deepEqual(syncSteps(manifests), [
      ['Deployment/cart', 'Deployment/web', 'Service/cart'],
      ['Namespace/shop', ...POLICIES.filter((name) => name !== 'NetworkPolicy/default-deny')],
      ['NetworkPolicy/default-deny'],
    ]);
  });

  it('and syncs all policies in one step without', () => {
    const { manifests } = render(sidecar(), makeRepository(MANIFESTS), plugin());
    assert.deepEqual(syncSteps(manifests), [OBJECTS]);
  });
});
