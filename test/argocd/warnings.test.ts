import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tools.ts';
import { healthOf, type Manifest, plugin, render, renderError } from './repo-server.ts';
import { makeRepository } from './repository.ts';
import { cart, cartService, KUSTOMIZATION, MANIFESTS, web } from './shop.ts';
import { describeWithSidecar } from './sidecar.ts';

/** Nobody asks for the cart, which the namespace closes. */
const LONELY = { ...MANIFESTS, 'web.yaml': web('none') };
const WARNING = /^\[warning\] apps\/v1\/Deployment\/(?:shop\/)?(?:staging-)?cart: .*\[[a-z-]+\]/;

describeWithSidecar('Argo CD, of warnings that it would hide,', (sidecar) => {
  it('shows them on the policy that closes the object that they are about', () => {
    // Nobody may reach the cart, so it has no policy but that of its namespace.
    const { manifests } = render(sidecar(), makeRepository(LONELY), plugin());
    assert.deepEqual(warnedOf(manifests), ['NetworkPolicy/default-deny']);
  });

  it('shows them in the health of the policy, with the check of the page', () => {
    const page = readFileSync(join(ROOT, 'docs', 'argocd.md'), 'utf8');
    const [, script = ''] = /health\.networking\.k8s\.io_NetworkPolicy: \|\n((?: {4}.*\n)+)/.exec(page) ?? [];
    const { manifests } = render(sidecar(), makeRepository(LONELY), plugin());
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    const states = policies.map((policy) => [policy.metadata.name, healthOf(script, policy)] as const);
    const told = states.filter(([, { status }]) => status === 'Degraded');
    assert.deepEqual(
      told.map(([name]) => name),
      ['default-deny'],
    );
    assert.match(told[0]?.[1].message ?? '', WARNING);
    assert.ok(states.every(([name, { status }]) => name === 'default-deny' || status === 'Healthy'));
  });

  it('shows those of a kustomization too', () => {
    const files = { ...KUSTOMIZATION, 'base/web.yaml': web('none') };
    const { manifests } = render(sidecar(), makeRepository(files), plugin({ isolate: 'both' }, 'overlay'));
    assert.deepEqual(warnedOf(manifests), ['NetworkPolicy/staging-cart']);
  });

  it('changes nothing else, whatever it does with them', () => {
    const repository = makeRepository(LONELY);
    const { manifests } = render(sidecar(), repository, plugin());
    const { manifests: ignored } = render(sidecar(), repository, plugin({ warnings: 'ignore' }));
    assert.deepEqual(manifests.map(withoutWarnings), ignored);
    assert.deepEqual(warnedOf(ignored), []);
  });

  it('shows nothing where there is none', () => {
    assert.deepEqual(warnedOf(render(sidecar(), makeRepository(MANIFESTS), plugin()).manifests), []);
  });

  it('fails, where the Application asks for that', () => {
    const error = renderError(sidecar(), makeRepository(LONELY), plugin({ warnings: 'error' }));
    assert.match(error, /\[warning\] apps\/v1\/Deployment\/cart: /);
    assert.match(error, /must not have warnings where the parameter "warnings" is "error" \[strict-warnings\]/);
    render(sidecar(), makeRepository(MANIFESTS), plugin({ warnings: 'error' }));
  });

  it('keeps them in its log', () => {
    const files = { 'cart.yaml': cart, 'service.yaml': cartService };
    render(
      sidecar(),
      makeRepository(files),
      plugin({ isolate: 'ingress', warnings: 'ignore', owner: 'seen-in-the-log' }),
    );
    assert.match(sidecar().log(), /\[warning\] apps\/v1\/Deployment\/cart: /);
  });
});

function warnedOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.flatMap(({ kind, metadata }) => {
    const warnings = metadata.annotations?.['postern.dev/warnings'];
    if (warnings === undefined) return [];
    assert.match(warnings, WARNING);
    return [`${kind}/${metadata.name}`];
  });
}

function withoutWarnings(manifest: Manifest): object {
  const { 'postern.dev/warnings': _, ...annotations } = manifest.metadata.annotations ?? {};
  const isBare = manifest.metadata.annotations === undefined;
  return isBare ? manifest : { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
