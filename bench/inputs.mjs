// The inputs of the benchmark: resource lists as kustomize sends them, made of the same few shapes at every size.

const NAMESPACE_SIZE = 100;
const APPS = 24;
const DATABASE = APPS - 1;

/**
 * A resource list of `size` items: namespaces of 100 items, 24 applications each. The namespaces have the same ones, as
 * when each team or customer gets a copy; `unlike` gives them names of their own, so that no two say the same.
 */
export function makeInput(size, { unlike = false } = {}) {
  const nameIn = (number, app) => (unlike ? `${appName(app)}-of-${number}` : appName(app));
  const namespaces = Array.from({ length: size / NAMESPACE_SIZE }, (_, number) => namespaceItems(number, nameIn));
  return resourceList(namespaces.flat());
}

/** `count` callers of one database, which says nothing itself; every fourth names a port of its own. */
export function makeFanIn(count) {
  const callers = Array.from({ length: count }, (_, number) =>
    deployment('callers', `caller-${number}`, { 'allow-to': number % 4 === 0 ? 'store:5432' : 'store' }),
  );
  return resourceList([namespaceObject('callers'), deployment('callers', 'store', {}), ...callers]);
}

const CONFIG = `functionConfig:
  apiVersion: postern.dev/v1alpha1
  kind: NetworkPolicyGenerator
  metadata:
    name: netpol
    annotations:
      config.kubernetes.io/local-config: 'true'
  spec:
    peers:
      ingress-controller: ingress-nginx/app.kubernetes.io/name=ingress-nginx
      prometheus: monitoring/app.kubernetes.io/name=prometheus
    always:
      allowFrom:
      - prometheus:metrics
`;

function resourceList(items) {
  const numbered = items.map((item, number) =>
    item.replaceAll('NUMBER', `${number}`).replaceAll('ID', `${number + 1}`),
  );
  const list = items.length === 0 ? 'items: []\n' : `items:\n${numbered.join('')}`;
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n${list}${CONFIG}`;
}

function namespaceItems(number, nameIn) {
  const namespace = namespaceName(number);
  const apps = Array.from({ length: APPS }, (_, app) => application(number, app, nameIn));
  const shared = ['ca-bundle', 'settings', 'dashboards'].map((name) => configMap(namespace, name));
  return [namespaceObject(namespace), ...apps.flat(), ...shared];
}

const namespaceName = (number) => `team-${String(number).padStart(4, '0')}`;

const appName = (app) => (app === DATABASE ? 'database' : `service-${String(app).padStart(2, '0')}`);

function application(number, app, nameIn) {
  const namespace = namespaceName(number);
  const name = nameIn(number, app);
  return [
    deployment(namespace, name, annotationsOf(number, app, nameIn)),
    service(namespace, name, app === 0 ? { 'allow-from': 'ingress-controller' } : {}),
    configMap(namespace, name),
    serviceAccount(namespace, name),
  ];
}

/** What applications say: a way in, a chain, a database with many callers, another team's ledger, the internet. */
function annotationsOf(number, app, nameIn) {
  if (app === DATABASE) return { trust: number === 0 ? 'either' : undefined };
  const callees = [];
  if (app < DATABASE - 1) callees.push(nameIn(number, app + 1));
  if (app > 0 && app % 3 !== 0) callees.push(`${nameIn(number, DATABASE)}:5432`);
  if (app % 8 === 5) callees.push('internet:443');
  if (app === 7 && number > 0) callees.push(`${namespaceName(0)}/${nameIn(0, DATABASE)}:5432`);
  return { 'allow-to': callees.join(', ') };
}

function item(apiVersion, kind, namespace, name, annotations, body) {
  const own = Object.entries(annotations).filter(([, value]) => value !== undefined);
  return `- apiVersion: ${apiVersion}
  kind: ${kind}
  metadata:
    annotations:
${own.map(([key, value]) => `      postern.dev/${key}: ${value}\n`).join('')}\
      config.kubernetes.io/index: 'NUMBER'
      internal.config.kubernetes.io/index: 'NUMBER'
      internal.config.kubernetes.io/annotations-migration-resource-id: 'NUMBER'
      internal.config.kubernetes.io/id: 'ID'
      config.k8s.io/id: 'ID'
    name: ${name}
${namespace === undefined ? '' : `    namespace: ${namespace}\n`}${body}`;
}

const namespaceObject = (name) => item('v1', 'Namespace', undefined, name, { isolate: 'both' }, '');

const isDatabase = (name) => name.startsWith('database') || name === 'store';

function deployment(namespace, name, annotations) {
  const port = isDatabase(name) ? 5432 : 8080;
  const body = `  spec:
    replicas: 2
    selector:
      matchLabels:
        app.kubernetes.io/name: ${name}
    template:
      metadata:
        labels:
          app.kubernetes.io/name: ${name}
      spec:
        containers:
        - args:
          - --listen=:${port}
          env:
          - name: LOG_LEVEL
            value: "info"
          image: registry.example.com/shop/${name}:1.2.3
          name: main
          ports:
          - containerPort: ${port}
            name: main
          - containerPort: 9090
            name: metrics
          resources:
            limits:
              memory: 256Mi
        serviceAccountName: ${name}
`;
  return item('apps/v1', 'Deployment', namespace, name, annotations, body);
}

function service(namespace, name, annotations) {
  const body = `  spec:
    ports:
    - name: main
      port: ${isDatabase(name) ? 5432 : 80}
      targetPort: main
    selector:
      app.kubernetes.io/name: ${name}
`;
  return item('v1', 'Service', namespace, name, annotations, body);
}

function configMap(namespace, name) {
  const body = `  data:\n    settings.ini: |\n      [log]\n      level = info\n`;
  return item('v1', 'ConfigMap', namespace, name, {}, body);
}

const serviceAccount = (namespace, name) => item('v1', 'ServiceAccount', namespace, name, {}, '');
