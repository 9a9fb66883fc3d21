import assert from 'node:assert/strict';
import { PARAMETERS } from '../../src/argocd/parameter.ts';
import { type Announcement, announcements, type Manifest, plugin, render, type Source } from './repo-server.ts';
import { makeRepository } from './repository.ts';
import { generator, KUSTOMIZATION, MANIFESTS, web } from './shop.ts';
import { describeWithSidecar } from './sidecar.ts';

describeWithSidecar("Argo CD's UI is told", (sidecar) => {
  const told = (files: object, path = '.'): ReadonlyMap<string, Announcement> => {
    const list = announcements(sidecar(), makeRepository({ ...files }), plugin({}, path));
    return new Map(list.map((announcement) => [announcement.name, announcement]));
  };
  const namesFor = (source: string): string[] =>
    [
      ...PARAMETERS.filter((parameter) => !parameter.isStatic && (parameter.source ?? source) === source),
      ...PARAMETERS.filter((parameter) => parameter.isStatic),
    ].map(({ name }) => name);

  it('the parameters of plain files, with their defaults', () => {
    const announced = told(MANIFESTS);
    assert.deepEqual([...announced.keys()], namesFor('directory'));
    assert.equal(announced.get('warnings')?.string, 'annotate');
    assert.equal(announced.get('owner')?.string, 'postern');
    assert.equal(announced.get('peers')?.collectionType, 'map');
    for (const { title, tooltip } of announced.values()) assert.ok(title !== '' && tooltip.endsWith('.'), tooltip);
  });

  it('those of a chart', () => {
    const announced = told({ 'Chart.yaml': { apiVersion: 'v2', name: 'x', version: '1.0.0' } });
    assert.deepEqual([...announced.keys()], namesFor('chart'));
    assert.equal(announced.get('release-name')?.string, 'shop');
  });

  it('what the config of the repository says', () => {
    const spec = {
      isolate: 'both',
      peers: { db: 'data/app=pg', rich: { cidrs: ['10.0.0.1/32'] } },
      exclude: ['istio-system'],
    };
    const announced = told({ ...MANIFESTS, 'postern.yaml': generator('shop-team', spec) });
    assert.equal(announced.get('config')?.string, 'postern.yaml');
    assert.equal(announced.get('isolate')?.string, 'both');
    assert.equal(announced.get('owner')?.string, 'shop-team');
    assert.deepEqual(announced.get('peers')?.map, { db: 'data/app=pg' });
    assert.deepEqual(announced.get('exclude')?.array, ['istio-system']);
  });

  it('what the config that a kustomization lists says', () => {
    const files = {
      ...KUSTOMIZATION,
      'overlay/kustomization.yaml': { resources: ['../base'], transformers: ['fn.yaml'] },
      'overlay/fn.yaml': generator('listed', { trust: 'own' }, { exec: { path: 'postern' } }),
    };
    const announced = told(files, 'overlay');
    assert.deepEqual([...announced.keys()], namesFor('kustomization'));
    assert.equal(announced.get('config')?.string, 'fn.yaml');
    assert.equal(announced.get('trust')?.string, 'own');
  });
});

describeWithSidecar('An Application says', (sidecar) => {
  const files = { ...MANIFESTS, 'web.yaml': web('cart, db') };
  const policyOf = (source: Source): Manifest | undefined =>
    render(sidecar(), makeRepository(files), source).manifests.find(
      ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'web',
    );
  const env = [
    { name: 'POSTERN_PEERS', value: 'db=data/app=pg:5432\nother=data/app=other' },
    { name: 'POSTERN_OWNER', value: 'by-variable' },
  ];

  it('its peers in parameters', () => {
    const policy = policyOf(plugin({ peers: { db: 'data/app=pg:5432' }, owner: 'by-parameter' }));
    assert.match(JSON.stringify(policy), /5432.*"pg"/);
    assert.equal(policy?.metadata.annotations?.['postern.dev/generated'], 'by-parameter/web');
  });

  it('the same in variables', () => {
    const policy = policyOf({ plugin: { name: 'postern', env } });
    assert.match(JSON.stringify(policy), /5432.*"pg"/);
    assert.equal(policy?.metadata.annotations?.['postern.dev/generated'], 'by-variable/web');
  });

  it('both, and parameters go before variables', () => {
    const parameters = [{ name: 'owner', string: 'by-parameter' }];
    const policy = policyOf({ plugin: { name: 'postern', env, parameters } });
    assert.equal(policy?.metadata.annotations?.['postern.dev/generated'], 'by-parameter/web');
  });
});
