import assert from 'node:assert/strict';
import { type Manifest, namesOf, plugin, render, renderError, type Source } from './repo-server.ts';
import { makeRepository } from './repository.ts';
import { generator } from './shop.ts';
import { describeWithSidecar } from './sidecar.ts';

const TEMPLATE = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
  annotations:
    postern.dev/allow-from: {{ .Values.callers | quote }}
    seen: {{ printf "%s %s %s" .Release.Namespace .Capabilities.KubeVersion.Version .Values.text | quote }}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
{{- if .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: web}]}
{{- end }}
`;
const CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'doors.example.com' },
  spec: {
    group: 'example.com',
    names: { kind: 'Door', plural: 'doors' },
    scope: 'Namespaced',
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
const CHART = {
  'chart/Chart.yaml': { apiVersion: 'v2', name: 'web', version: '1.0.0' },
  'chart/values.yaml': { callers: 'namespace', text: 'default' },
  'chart/production.yaml': { text: 'production' },
  'shared.yaml': { text: 'shared' },
  'chart/templates/web.yaml': TEMPLATE,
  'chart/crds/doors.yaml': CRD,
};
const WARNINGS = { warnings: 'ignore' };

describeWithSidecar('Argo CD renders a chart', (sidecar) => {
  const repository = (): string => makeRepository(CHART);
  const withParameters = (parameters: object): Source => plugin({ ...WARNINGS, ...parameters }, 'chart');
  const seen = (parameters: object): string | undefined =>
    render(sidecar(), repository(), withParameters(parameters)).manifests.find(({ kind }) => kind === 'Deployment')
      ?.metadata.annotations?.['seen'];

  it('as it would itself, and with its policies', () => {
    const chart = repository();
    const own = render(sidecar(), chart, { path: 'chart' });
    assert.equal(own.sourceType, 'Helm');
    const { sourceType, manifests } = render(sidecar(), chart, withParameters({}));
    assert.equal(sourceType, 'Plugin');
    assert.deepEqual(namesOf(manifests), [...namesOf(own.manifests), 'NetworkPolicy/shop-web'].sort());
    assert.deepEqual(
      manifests.filter(({ kind }) => kind !== 'NetworkPolicy').map(withoutTracking),
      own.manifests.map(withoutTracking),
    );
  });

  it('with the namespace and the versions of the cluster', () => {
    assert.equal(seen({}), 'shop v1.33.0 default');
  });

  it('with values files, values and parameters, in this order', () => {
    assert.equal(seen({ 'values-files': ['/shared.yaml', 'production.yaml'] }), 'shop v1.33.0 production');
    assert.equal(seen({ 'values-files': ['production.yaml', '../shared.yaml'] }), 'shop v1.33.0 shared');
    assert.equal(seen({ 'values-files': ['production.yaml'], values: 'text: own\n' }), 'shop v1.33.0 own');
    assert.equal(seen({ values: 'text: own\n', 'helm-parameters': { text: 'a, b' } }), 'shop v1.33.0 a, b');
  });

  it('under a release of another name, and without CRDs', () => {
    const { manifests } = render(
      sidecar(),
      repository(),
      withParameters({ 'release-name': 'front', 'skip-crds': 'true' }),
    );
    assert.deepEqual(namesOf(manifests), ['Deployment/front-web', 'NetworkPolicy/front-web', 'ServiceMonitor/web']);
  });

  it('with rules for objects that it cannot annotate', () => {
    const config = generator('rules', { rules: [{ target: { kind: 'Deployment' }, isolate: 'egress' }] });
    const files = { ...CHART, 'chart/network-policies.yaml': config };
    const { manifests } = render(sidecar(), makeRepository(files), withParameters({}));
    const specs = manifests
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map((policy) => policy['spec'] as PolicySpec);
    assert.deepEqual(
      specs.map(({ policyTypes }) => policyTypes),
      [['Ingress', 'Egress']],
    );
  });

  it('but no file from outside of its repository', () => {
    const error = renderError(sidecar(), repository(), withParameters({ 'values-files': ['../../../../etc/passwd'] }));
    assert.match(
      error,
      /the parameter "values-files" must name a file of the repository, got "\.\.\/.*": it leads out of the repository/,
    );
  });

  it('and says what Helm says where it fails', () => {
    const files = { ...CHART, 'chart/templates/web.yaml': '{{ required "callers must be set" .Values.nobody }}' };
    const error = renderError(sidecar(), makeRepository(files), withParameters({}));
    assert.match(error, /Error: .*templates\/web\.yaml.*callers must be set/);
  });
});

interface PolicySpec {
  readonly policyTypes: readonly string[];
}

/** Argo CD writes into each object which Application it belongs to. */
function withoutTracking(manifest: Manifest): object {
  const { 'argocd.argoproj.io/tracking-id': _, ...annotations } = manifest.metadata.annotations ?? {};
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
