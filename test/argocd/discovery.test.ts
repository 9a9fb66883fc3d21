import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { PARAMETERS } from '../../src/argocd/parameter.ts';
import { render, type Source } from './repo-server.ts';
import { type Files, makeRepository } from './repository.ts';
import { generator, KUSTOMIZATION, MANIFESTS } from './shop.ts';
import { describeWithSidecar, PLUGIN_FILES } from './sidecar.ts';

interface PluginFile {
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

describe('the plugin files', () => {
  const [named, finding] = (['config', 'discover'] as const).map(
    (name) => load(readFileSync(PLUGIN_FILES[name], 'utf8')) as PluginFile,
  );

  it('differ in their names, and in what they find', () => {
    const { discover, ...rest } = finding?.spec ?? {};
    assert.deepEqual(rest, named?.spec);
    assert.deepEqual(discover, { find: { command: ['postern', 'argocd', 'discover'] } });
    assert.deepEqual([named?.metadata.name, finding?.metadata.name], ['postern', 'postern-discover']);
  });

  it('announce what does not depend on the source', () => {
    const announced = named?.spec['parameters'] as { readonly static: object } | undefined;
    const known = PARAMETERS.filter(({ isStatic }) => isStatic);
    assert.deepEqual(
      announced?.static,
      known.map(({ name, title, tooltip, collection, default: string }) => {
        return { name, title, tooltip, collectionType: collection, string };
      }),
    );
  });

  it('hold no list in one line, which Argo CD may read otherwise', () => {
    for (const path of Object.values(PLUGIN_FILES)) assert.doesNotMatch(readFileSync(path, 'utf8'), /[[{]/);
  });
});

describeWithSidecar(
  'Argo CD finds by itself',
  (sidecar) => {
    const typeOf = (files: Files, source: Source = {}): string =>
      render(sidecar(), makeRepository(files), source).sourceType;
    const config = generator('netpol', {});

    it('a source with a config', () => {
      assert.equal(typeOf({ ...MANIFESTS, 'postern.yaml': config }), 'Plugin');
      assert.equal(typeOf({ ...MANIFESTS, 'network-policies.yml': config }), 'Plugin');
    });

    it('a kustomization that lists Postern, itself or in its base', () => {
      const base = { resources: ['web.yaml', 'cart.yaml', 'service.yaml'] };
      const fn = generator('netpol', {}, { container: { image: 'ghcr.io/postern-dev/postern:v0.1.0' } });
      const listed = { ...base, transformers: ['fn.yaml'] };
      const files = { ...KUSTOMIZATION, 'base/kustomization.yaml': listed, 'base/fn.yaml': fn };
      assert.equal(typeOf(files, { path: 'base' }), 'Plugin');
      assert.equal(typeOf(files, { path: 'overlay' }), 'Plugin');
    });

    it('an Application with a parameter or a variable of Postern', () => {
      assert.equal(typeOf(MANIFESTS, { plugin: { parameters: [{ name: 'isolate', string: 'both' }] } }), 'Plugin');
      assert.equal(typeOf(MANIFESTS, { plugin: { env: [{ name: 'POSTERN_ISOLATE', value: 'both' }] } }), 'Plugin');
    });

    it('no other source', () => {
      const policies = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'own' } };
      assert.equal(
        typeOf({ ...MANIFESTS, 'network-policies.yaml': { ...policies, spec: { podSelector: {} } } }),
        'Directory',
      );
      assert.equal(typeOf({ ...MANIFESTS, 'other/postern.yaml': config }), 'Directory');
    });

    it('no Application that means another plugin', () => {
      const other = { plugin: { env: [{ name: 'AVP_TYPE', value: 'vault' }] } };
      assert.throws(() => typeOf(MANIFESTS, other), /could not find plugin supporting the given repository/);
      assert.throws(() => typeOf(MANIFESTS, { plugin: {} }), /could not find plugin supporting the given repository/);
    });
  },
  { plugin: 'discover' },
);

describeWithSidecar('Argo CD, with a plugin that must be named,', (sidecar) => {
  it('leaves every other source to its own tools', () => {
    const files = { ...MANIFESTS, 'postern.yaml': generator('netpol', {}) };
    const repository = makeRepository({ ...files, 'postern.yaml': '# a config for another plugin\n' });
    assert.equal(render(sidecar(), repository, {}).sourceType, 'Directory');
    assert.equal(render(sidecar(), makeRepository(files), { plugin: { name: 'postern' } }).sourceType, 'Plugin');
  });
});
