import type { Direction } from '../../src/model/direction.ts';

/** What a platform's user says of an application, in that platform's own words and in Postern's. */
export interface Intent {
  readonly title: string;
  /** Below the folder of prior art: where the platform's own test keeps the policy that it must produce. */
  readonly file: string;
  /** Name of that policy, where the file has several objects. */
  readonly policy: string;
  /** Namespace of the application. */
  readonly namespace: string;
  /** Directions that the expected policy speaks of. */
  readonly directions: readonly Direction[];
  /** Objects that a user of Postern would have. The first is the application. */
  readonly objects: readonly object[];
  /** `spec` of the config that a platform team would write once. */
  readonly spec: Readonly<Record<string, unknown>>;
}

const BOTH: readonly Direction[] = ['Ingress', 'Egress'];

/** A platform on which monitoring reaches everything and DNS is any namespace's. */
const NAIS = {
  isolate: 'both',
  trust: 'either',
  namespaces: ['mynamespace'],
  always: {
    allowFrom: ['nais-system/app.kubernetes.io/name=prometheus:*', 'nais-system/app.kubernetes.io/name=alloy:*'],
  },
  dns: { peers: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } }, ports: ['*'] }] },
};

const NAIS_APP = { name: 'myapplication', namespace: 'mynamespace', port: 8080 };
const SKIP_NAMESPACE = 'access-policy-ns';

/** Every intent of the two platforms that plain NetworkPolicy can say; hosts are their own kinds' matter there. */
export const INTENTS: readonly Intent[] = [
  {
    title: 'an address outside',
    file: 'naiserator/accesspolicy_external_with_ip.yaml',
    policy: 'myapplication',
    namespace: 'mynamespace',
    directions: ['Egress'],
    objects: [deployment(NAIS_APP, { 'allow-to': '1.2.3.4/32:1111' })],
    spec: NAIS,
  },
  {
    title: 'the pods of two ingress classes',
    file: 'naiserator/accesspolicy_ingress.yaml',
    policy: 'myapplication',
    namespace: 'mynamespace',
    directions: ['Ingress'],
    objects: [deployment(NAIS_APP, { 'allow-from': 'nais-ingress:* nais-ingress-external:*' })],
    spec: {
      ...NAIS,
      always: {},
      peers: {
        'nais-ingress': 'nais-system/nais.io/ingressClass=nais-ingress',
        'nais-ingress-external': 'nais-system/nais.io/ingressClass=nais-ingress-external',
      },
    },
  },
  {
    title: 'every application of every namespace',
    file: 'naiserator/accesspolicy_ingress_allow_all.yaml',
    policy: 'myapplication',
    namespace: 'mynamespace',
    directions: BOTH,
    objects: [deployment(NAIS_APP, { 'allow-from': 'cluster:*' })],
    spec: NAIS,
  },
  {
    // There, a wildcard among those whom it may call opens nothing, so neither does it here.
    title: 'applications here, elsewhere, and all of a namespace',
    file: 'naiserator/accesspolicy_max.yaml',
    policy: 'myapplication',
    namespace: 'mynamespace',
    directions: BOTH,
    objects: [
      deployment(NAIS_APP, { 'allow-from': 'app=app1:*\nq1/app=app2:*\nt1/*:*', 'allow-to': 'app=app3, q2/app=app4' }),
    ],
    spec: NAIS,
  },
  {
    title: 'nobody of this cluster',
    file: 'naiserator/accesspolicy_only_other_clusters.yaml',
    policy: 'myapplication',
    namespace: 'mynamespace',
    directions: BOTH,
    objects: [deployment(NAIS_APP, {})],
    spec: NAIS,
  },
  {
    title: 'an application of another namespace, by name',
    file: 'naiserator/accesspolicy_tokenx.yaml',
    policy: 'myapplication',
    namespace: 'mynamespace',
    directions: ['Egress'],
    objects: [
      deployment(NAIS_APP, { 'allow-to': 'bar/foo:*', dns: 'none' }),
      deployment({ name: 'foo', namespace: 'bar', port: 8080 }, {}),
    ],
    spec: {},
  },
  {
    title: 'both directions between two namespaces',
    file: 'skiperator/application-access-policy/advanced-assert.yaml',
    policy: 'access-policy',
    namespace: SKIP_NAMESPACE,
    directions: BOTH,
    objects: [
      deployment(skipApp('access-policy'), {
        'allow-from': 'access-policy-other/access-policy-other',
        'allow-to': 'access-policy-two, access-policy-other/access-policy-other',
        dns: 'none',
      }),
      deployment(skipApp('access-policy-two'), {}),
      deployment({ name: 'access-policy-other', namespace: 'access-policy-other', port: 8080 }, {}),
    ],
    spec: {},
  },
  {
    title: 'an application wherever a namespace has a label',
    file: 'skiperator/application-access-policy/advanced-assert.yaml',
    policy: 'access-policy-two',
    namespace: SKIP_NAMESPACE,
    directions: ['Egress'],
    objects: [deployment(skipApp('access-policy-two'), { 'allow-to': 'labelled:8080', dns: 'none' })],
    spec: { peers: { labelled: selectors({ test: 'label' }, 'access-policy-other') } },
  },
  {
    title: 'a database outside',
    file: 'skiperator/application-access-policy/external-ip-policy-assert.yaml',
    policy: 'external-ip-policy',
    namespace: SKIP_NAMESPACE,
    directions: ['Egress'],
    objects: [deployment(skipApp('external-ip-policy'), { 'allow-to': '22.134.52.36/32:5432', dns: 'none' })],
    spec: {},
  },
  {
    title: 'several namespaces with one label, each with its own port',
    file: 'skiperator/application-access-policy/multiple-ns-same-label-assert.yaml',
    policy: 'accesspolicy-app',
    namespace: SKIP_NAMESPACE,
    directions: BOTH,
    objects: [
      deployment(
        { ...skipApp('accesspolicy-app'), port: 8085 },
        { 'allow-from': 'someteam', 'allow-to': 'ateam:8080+8082', dns: 'none' },
      ),
    ],
    spec: { peers: { someteam: selectors({ team: 'someteam' }, 'app2'), ateam: selectors({ team: 'ateam' }, 'app') } },
  },
  {
    title: 'an application behind a mesh, with its port for metrics',
    file: 'skiperator/application-access-policy/access-policy-istio-assert.yaml',
    policy: 'access-policy-to-istio-app',
    namespace: SKIP_NAMESPACE,
    directions: ['Egress'],
    objects: [
      deployment(skipApp('access-policy-to-istio-app'), {
        'allow-to': 'ns-with-istio/istio-application:8080+15020',
        dns: 'none',
      }),
      deployment({ name: 'istio-application', namespace: 'ns-with-istio', port: 8080 }, {}),
    ],
    spec: {},
  },
  {
    title: 'a job',
    file: 'skiperator/skipjob-access-policy/skipjob-assert.yaml',
    policy: 'access-policy-job-skipjob',
    namespace: 'access-policy-job-ns',
    directions: ['Egress'],
    objects: [
      job('access-policy-job', 'access-policy-job-ns', { 'allow-to': 'minimal-application', dns: 'none' }),
      deployment({ name: 'minimal-application', namespace: 'access-policy-job-ns', port: 8080 }, {}),
    ],
    spec: {},
  },
];

interface App {
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
}

function skipApp(name: string): App {
  return { name, namespace: SKIP_NAMESPACE, port: 8080 };
}

function deployment({ name, namespace, port }: App, said: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, annotations: prefixed(said) },
    spec: { selector: { matchLabels: { app: name } }, template: template(name, [{ containerPort: port }]) },
  };
}

function job(name: string, namespace: string, said: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, annotations: prefixed(said) },
    spec: { template: template(`${name}-skipjob`, []) },
  };
}

function template(app: string, ports: readonly object[]): object {
  return { metadata: { labels: { app } }, spec: { containers: [{ name: 'main', image: 'image', ports }] } };
}

function prefixed(said: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(said).map(([key, value]) => [`postern.dev/${key}`, value]));
}

function selectors(namespace: Readonly<Record<string, string>>, app: string): object {
  return { namespaceSelector: { matchLabels: namespace }, podSelector: { matchLabels: { app } } };
}
