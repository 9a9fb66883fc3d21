import fc from 'fast-check';

type Manifest = Readonly<Record<string, unknown>> & { readonly metadata: Metadata; readonly kind: string };
interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly [key: string]: unknown;
}

/** Few names, so that objects collide with each other and with what Postern writes. */
const name = fc.constantFrom('a', 'b', 'web', 'default-deny', 'allow-dns', 'a-postern', 'web-job', 'prometheus');
const namespace = fc.constantFrom({}, { namespace: 'shop' }, { namespace: 'data' });
const labels = fc.constantFrom({ app: 'a' }, { app: 'b' }, { app: 'a', tier: 'x' }, { app: 'b', tier: 'y' }, {});
const ports = fc.subarray([
  { containerPort: 80, name: 'http' },
  { containerPort: 8080 },
  { containerPort: 53, protocol: 'UDP' },
]);

/** Sets and addresses more often than names, which are an error more often than not. */
const item = fc.constantFrom(
  ...['namespace', 'cluster', 'anywhere', 'internet', 'nodes:10250', 'shop/*:80', 'app=a:8080', 'data/app=b:80'],
  ...['*/tier=x:80+53/udp', '10.0.0.0/8:443', 'a:8080', 'web:80', 'shop/a:80', 'prometheus', 'old:8080'],
);
const list = fc.oneof(
  { weight: 1, arbitrary: fc.constant('none') },
  { weight: 5, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(', ')) },
);
const lists = { 'postern.dev/allow-to': list, 'postern.dev/allow-from': list };
const history = {
  'internal.config.kubernetes.io/previousNames': fc.constantFrom('old', 'a,old'),
  'internal.config.kubernetes.io/previousNamespaces': fc.constantFrom('default', 'data,shop'),
  'internal.config.kubernetes.io/prefixes': fc.constantFrom('x-', 'x-,z-'),
};
const settings = {
  'postern.dev/isolate': fc.constantFrom('none', 'ingress', 'egress', 'both'),
  'postern.dev/trust': fc.constantFrom('either', 'namespace', 'own'),
  'postern.dev/dns': fc.constant('none'),
};

const workload = fc
  .record({
    kind: fc.constantFrom('Deployment', 'StatefulSet', 'Job', 'Pod'),
    name,
    namespace,
    labels,
    ports,
    annotations: some({ ...lists, ...settings, ...history }),
    isNamedLater: fc.boolean(),
  })
  .map(({ kind, name, namespace, labels, ports, annotations, isNamedLater }): Manifest => {
    const called = kind === 'Pod' && isNamedLater ? { generateName: `${name}-` } : { name };
    const metadata = { ...called, ...namespace, annotations };
    const spec = { containers: [{ name: 'main', ports }] };
    if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata: { ...metadata, labels }, spec };
    const selector = kind === 'Job' ? {} : { selector: { matchLabels: labels } };
    const apiVersion = kind === 'Job' ? 'batch/v1' : 'apps/v1';
    return { apiVersion, kind, metadata, spec: { ...selector, template: { metadata: { labels }, spec } } };
  });

const service = fc
  .record({ name, namespace, labels, annotations: some(lists), targetPort: fc.constantFrom('http', 8080, 80) })
  .map(({ name, namespace, labels, annotations, targetPort }): Manifest => {
    const spec = { selector: { app: 'a', ...labels }, ports: [{ port: 80, targetPort }] };
    return { apiVersion: 'v1', kind: 'Service', metadata: { name, ...namespace, annotations }, spec };
  });

const namespaceObject = fc
  .record({ name: fc.constantFrom('shop', 'data'), annotations: some({ ...lists, ...settings }) })
  .map((metadata): Manifest => ({ apiVersion: 'v1', kind: 'Namespace', metadata }));

const policy = fc
  .record({
    name,
    namespace,
    labels,
    mark: fc.constantFrom(undefined, 'netpol/a', 'netpol/web', 'other/web', 'netpol/default-deny'),
    policyTypes: fc.subarray(['Ingress', 'Egress'], { minLength: 1 }),
  })
  .map(({ name, namespace, labels, mark, policyTypes }): Manifest => {
    const annotations = mark === undefined ? {} : { 'postern.dev/generated': mark };
    const spec = { podSelector: { matchLabels: labels }, policyTypes };
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, ...namespace, annotations },
      spec,
    };
  });

/** Objects of which no two have one identity, whatever an absent namespace means. */
export const arbitraryObjects: fc.Arbitrary<readonly Manifest[]> = fc.uniqueArray(
  fc.oneof(
    { weight: 5, arbitrary: workload },
    { weight: 2, arbitrary: service },
    { weight: 2, arbitrary: namespaceObject },
    { weight: 1, arbitrary: policy },
  ),
  { minLength: 1, maxLength: 8, selector: identityOf },
);

/** The `spec` of a config. */
export const arbitrarySpec: fc.Arbitrary<object> = fc.record(
  {
    isolate: fc.constantFrom('none', 'ingress', 'both'),
    trust: fc.constantFrom('either', 'namespace', 'own'),
    namespace: fc.constant('shop'),
    namespaces: fc.subarray(['shop', 'lobby']),
    minimum: fc.constant({ isolate: 'ingress' }),
    argocd: fc.constant({ syncWaves: true }),
    always: fc.constant({ allowFrom: 'monitoring/app=p:9090', allowTo: 'tools/app=x' }),
    peers: fc.constant({ prometheus: 'monitoring/app=prometheus:9090' }),
    nodes: fc.constant(['10.1.0.0/16']),
  },
  { requiredKeys: ['nodes', 'peers'] },
);

function identityOf({ kind, metadata }: Manifest): string {
  const { name, namespace = 'shop', generateName } = metadata;
  return `${kind}/${kind === 'Namespace' ? '' : namespace}/${name ?? `${generateName} ${JSON.stringify(metadata)}`}`;
}

/** None of the annotations, or some of them. */
function some(annotations: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<object> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: fc.record(annotations, { requiredKeys: [] }) },
  );
}
