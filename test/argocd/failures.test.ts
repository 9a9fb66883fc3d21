import assert from 'node:assert/strict';
import { namesOf, plugin, render, renderError } from './repo-server.ts';
import { makeRepository } from './repository.ts';
import { generator, KUSTOMIZATION, MANIFESTS, namespace, web } from './shop.ts';
import { describeWithSidecar } from './sidecar.ts';

const UNKNOWN =
  /\[error\] apps\/v1\/Deployment(?:\/shop)?\/(?:staging-)?web metadata\.annotations\["postern\.dev\/allow-to"\]: must name a workload or Service in these resources, got "carts" \(did you mean "cart"\?\) \[unknown-peer\]/;

describeWithSidecar('Argo CD shows why an Application cannot be rendered', (sidecar) => {
  const errorOf = (files: object, parameters = {}, path = '.'): string =>
    renderError(sidecar(), makeRepository({ ...MANIFESTS, ...files }), plugin(parameters, path));

  it('which annotation of a file is wrong', () => {
    assert.match(errorOf({ 'web.yaml': web('carts') }), UNKNOWN);
  });

  it('which annotation of a base is wrong', () => {
    assert.match(errorOf({ ...KUSTOMIZATION, 'base/web.yaml': web('carts') }, {}, 'overlay'), UNKNOWN);
  });

  it('what Kustomize says', () => {
    const error = errorOf({ 'overlay/kustomization.yaml': { resources: ['../nosuch'] } }, {}, 'overlay');
    assert.match(error, /Error: .*nosuch/);
  });

  it('which field of its config is wrong', () => {
    const error = errorOf({ 'network-policies.yaml': generator('netpol', { isolat: 'both' }) });
    assert.match(error, /must be a known field, got "isolat" \(did you mean "isolate"\?\).*\(network-policies\.yaml/);
  });

  it('which parameters are wrong, and how they are written', () => {
    const error = errorOf({}, { isolat: 'both', trust: 'nobody', peers: ['a'], namespaces: 'shop', config: 'no.yaml' });
    assert.match(error, /must be a parameter that Postern knows, got "isolat" \(did you mean "isolate"\?\)/);
    assert.match(error, /the parameter "trust" must be "either", "namespace" or "own", got "nobody"/);
    assert.match(error, /the parameter "peers" must be a "map" of names and texts/);
    assert.match(error, /the parameter "namespaces" must be an "array" of texts/);
    assert.match(
      error,
      /the parameter "config" must name a file of the repository, got "no\.yaml": there is no such file/,
    );
  });

  it('which variable is wrong', () => {
    const env = [{ name: 'POSTERN_ISOLAT', value: 'both' }];
    const error = renderError(sidecar(), makeRepository(MANIFESTS), { plugin: { name: 'postern', env } });
    assert.match(
      error,
      /must be a variable that Postern knows, got "POSTERN_ISOLAT" \(did you mean "POSTERN_ISOLATE"\?\)/,
    );
  });

  it('that a peer in a parameter is wrong', () => {
    assert.match(errorOf({}, { peers: { db: 'data/app=pg:' } }), /spec\.peers\["db"\]: must be a port/);
  });

  it('that there are two configs', () => {
    const config = generator('netpol', {});
    const error = errorOf({ 'network-policies.yaml': config, 'postern.yaml': config });
    assert.match(error, /must find one NetworkPolicyGenerator, got "network-policies\.yaml" and "postern\.yaml"/);
  });

  it('that a config is named beside the one that the kustomization lists', () => {
    const listed = {
      ...KUSTOMIZATION,
      'overlay/kustomization.yaml': { resources: ['../base'], transformers: ['fn.yaml'] },
      'overlay/fn.yaml': generator('netpol', {}, { exec: { path: 'postern' } }),
      'overlay/other.yaml': generator('netpol', {}),
    };
    const error = errorOf(listed, { config: 'other.yaml' }, 'overlay');
    assert.match(error, /the parameter "config" must not be set where the kustomization lists Postern itself/);
  });

  it('that it would lose the policies of what is declared isolated', () => {
    // The base runs Postern and does not see the Namespace that the overlay closes.
    const files = {
      ...KUSTOMIZATION,
      'base/kustomization.yaml': { resources: ['web.yaml', 'cart.yaml', 'service.yaml'], transformers: ['fn.yaml'] },
      'base/fn.yaml': generator('inner', {}, { container: { image: 'postern' } }),
      'overlay/kustomization.yaml': { namespace: 'shop', resources: ['../base', 'namespace.yaml'] },
      'overlay/namespace.yaml': namespace,
    };
    assert.match(errorOf(files, {}, 'overlay'), /\[error\] v1\/Namespace\/shop .*isolate.*must/);
    const { manifests } = render(sidecar(), makeRepository(files), plugin({ owner: 'inner' }, 'overlay'));
    assert.ok(namesOf(manifests).includes('NetworkPolicy/default-deny'), namesOf(manifests).join());
  });

  it('that there is nothing to render', () => {
    assert.match(
      renderError(sidecar(), makeRepository({ 'README.md': '' }), plugin()),
      /must hold manifests, a kustomization or a chart, got no file with objects/,
    );
  });

  it('that it takes longer than it may', () => {
    // Nine thousand million steps.
    const endless = '{{ range until 30000 }}{{ range until 30000 }}{{ range until 10 }}{{ end }}{{ end }}{{ end }}';
    const files = {
      'Chart.yaml': { apiVersion: 'v2', name: 'slow', version: '1.0.0' },
      'templates/slow.yaml': endless,
    };
    const error = renderError(sidecar(), makeRepository(files), plugin(), '-timeout', '4s');
    assert.match(error, /`postern argocd generate` failed signal: killed/);
    render(sidecar(), makeRepository(MANIFESTS), plugin());
  });
});
