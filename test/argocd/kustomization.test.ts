import assert from 'node:assert/strict';
import { namesOf, plugin, render, renderError } from './repo-server.ts';
import { type Files, makeRepository } from './repository.ts';
import { generator, KUSTOMIZATION } from './shop.ts';
import { describeWithSidecar } from './sidecar.ts';

const BOTH = { isolate: 'both' };
const POLICIES = ['NetworkPolicy/staging-cart', 'NetworkPolicy/staging-web'];
const OBJECTS = ['Deployment/staging-cart', 'Deployment/staging-web', ...POLICIES, 'Service/staging-cart'];

const overlay = (more: object): object => ({
  namePrefix: 'staging-',
  namespace: 'shop',
  resources: ['../base'],
  ...more,
});
const listed = (runs: object, spec: object = BOTH): Files => ({
  ...KUSTOMIZATION,
  'overlay/kustomization.yaml': overlay({ transformers: ['network-policies.yaml'] }),
  'overlay/network-policies.yaml': generator('netpol', spec, runs),
});

describeWithSidecar('Argo CD renders a kustomization', (sidecar) => {
  it('whose lists say the names of the base', () => {
    const { sourceType, manifests } = render(sidecar(), makeRepository(KUSTOMIZATION), plugin(BOTH, 'overlay'));
    assert.equal(sourceType, 'Plugin');
    assert.deepEqual(namesOf(manifests), OBJECTS);
    assert.ok(manifests.every(({ metadata }) => metadata.namespace === 'shop'));
    assert.deepEqual(ownersOf(manifests), ['postern/staging-cart', 'postern/staging-web']);
  });

  it('with the config that lies beside it', () => {
    const files = { ...KUSTOMIZATION, 'overlay/network-policies.yaml': generator('netpol', BOTH) };
    const { manifests } = render(sidecar(), makeRepository(files), plugin({}, 'overlay'));
    assert.deepEqual(namesOf(manifests), OBJECTS);
    assert.deepEqual(ownersOf(manifests), ['netpol/staging-cart', 'netpol/staging-web']);
  });

  for (const [form, runs] of Object.entries({
    program: { exec: { path: 'postern' } },
    container: { container: { image: 'ghcr.io/postern-dev/postern:v0.1.0' } },
  })) {
    it(`that lists Postern as a ${form}, and writes its policies once`, () => {
      const { manifests } = render(sidecar(), makeRepository(listed(runs)), plugin({}, 'overlay'));
      assert.deepEqual(namesOf(manifests), OBJECTS);
      assert.deepEqual(ownersOf(manifests), ['netpol/staging-cart', 'netpol/staging-web']);
    });

    it(`that lists Postern as a ${form}, with parameters before its config`, () => {
      const repository = makeRepository(listed(runs, { isolate: 'both' }));
      const { manifests } = render(sidecar(), repository, plugin({ isolate: 'egress' }, 'overlay'));
      const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
      assert.deepEqual(
        policies.map(({ spec }) => (spec as { policyTypes: string[] }).policyTypes),
        [['Egress'], ['Egress']],
      );
    });
  }

  it('that runs Postern further inside, and leaves that as it is', () => {
    const files = {
      ...KUSTOMIZATION,
      'base/kustomization.yaml': { resources: ['web.yaml', 'cart.yaml', 'service.yaml'], transformers: ['fn.yaml'] },
      'base/fn.yaml': generator('inner', BOTH, { container: { image: 'postern' } }),
    };
    const { manifests } = render(sidecar(), makeRepository(files), plugin({}, 'overlay'));
    assert.deepEqual(namesOf(manifests), OBJECTS);
    assert.deepEqual(ownersOf(manifests), ['inner/cart', 'inner/web']);
  });

  it('in the order that it asks for', () => {
    const order = (sortOptions: object) => {
      const files = { ...KUSTOMIZATION, 'overlay/kustomization.yaml': overlay(sortOptions) };
      return render(sidecar(), makeRepository(files), plugin(BOTH, 'overlay')).manifests.map(({ kind }) => kind);
    };
    const policies = ['NetworkPolicy', 'NetworkPolicy'];
    const fifo = order({ sortOptions: { order: 'fifo' } });
    assert.deepEqual(fifo, ['Deployment', 'Deployment', 'Service', ...policies]);
    const legacy = order({ sortOptions: { order: 'legacy' } });
    assert.deepEqual(legacy, ['Service', 'Deployment', 'Deployment', ...policies]);
  });

  it('but no program of the repository', () => {
    const files = {
      ...KUSTOMIZATION,
      'base/kustomization.yaml': { resources: ['web.yaml'], transformers: ['fn.yaml'] },
      'base/fn.yaml': { ...generator('x', {}, { exec: { path: '/usr/local/bin/node' } }), kind: 'Other' },
    };
    const error = renderError(sidecar(), makeRepository(files), plugin({}, 'overlay'));
    assert.match(error, /must not run programs of the build, got "\/usr\/local\/bin\/node" in "\.\.\/base\/fn\.yaml"/);
  });

  it('but not Postern as a program further inside, which Kustomize would skip', () => {
    const files = {
      ...KUSTOMIZATION,
      'base/kustomization.yaml': { resources: ['web.yaml'], transformers: ['fn.yaml'] },
      'base/fn.yaml': generator('inner', BOTH, { exec: { path: 'postern' } }),
    };
    const error = renderError(sidecar(), makeRepository(files), plugin({}, 'overlay'));
    assert.match(error, /got "postern" in "\.\.\/base\/fn\.yaml"; list Postern in the outermost kustomization/);
  });

  it('but no other container', () => {
    const files = {
      ...KUSTOMIZATION,
      'overlay/kustomization.yaml': overlay({ transformers: ['fn.yaml'] }),
      'overlay/fn.yaml': { ...generator('x', {}, { container: { image: 'example.com/fn:v1' } }), kind: 'Other' },
    };
    const error = renderError(sidecar(), makeRepository(files), plugin({}, 'overlay'));
    assert.match(error, /must not run containers of the build, got "example.com\/fn:v1" in "fn.yaml"/);
  });
});

describeWithSidecar(
  'Argo CD, where its administrator lets kustomize run programs',
  (sidecar) => {
    it('renders a kustomization that runs Postern as a program, once', () => {
      const repository = makeRepository(listed({ exec: { path: 'postern' } }));
      const { manifests } = render(sidecar(), repository, plugin({}, 'overlay'));
      assert.deepEqual(namesOf(manifests), OBJECTS);
      assert.deepEqual(ownersOf(manifests), ['netpol/staging-cart', 'netpol/staging-web']);
    });
  },
  { env: { POSTERN_ARGOCD_KUSTOMIZE_OPTIONS: '--enable-exec' } },
);

function ownersOf(manifests: ReturnType<typeof render>['manifests']): readonly string[] {
  const marks = manifests.map(({ metadata }) => metadata.annotations?.['postern.dev/generated']);
  return marks.filter((mark) => mark !== undefined).sort();
}
