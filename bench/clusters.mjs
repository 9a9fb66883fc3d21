// Clusters for the benchmark of the matrix: finished builds.
import { spawnSync } from 'node:child_process';
import { dump } from 'js-yaml';
import { makeInput } from './inputs.mjs';

const APPS_OF_100_ITEMS = 24;
const NAMESPACE_SIZE = 20;

/** What Postern writes for `count` workloads that ask for each other, or a few more: every one has a policy of its own. */
export function makeGenerated(count, postern) {
  const input = makeInput(Math.ceil(count / APPS_OF_100_ITEMS) * 100);
  const { status, stdout, stderr } = spawnSync(postern[0], postern.slice(1), {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`postern failed with ${status}:\n${stderr.slice(0, 2000)}`);
  return stdout;
}

/**
 * A cluster that grew by hand: a third of its namespaces are open, so that most pairs may connect; in the others wide
 * rules lie over narrow ones, with names of ports, ranges of ports and of addresses, and selectors that exclude.
 */
export function makeMixed(count) {
  const documents = [];
  for (let first = 0; first < count; first += NAMESPACE_SIZE) {
    const number = first / NAMESPACE_SIZE;
    const namespace = `team-${number}`;
    documents.push(namespaceOf(namespace, number));
    const size = Math.min(NAMESPACE_SIZE, count - first);
    for (let app = 0; app < size; app += 1) documents.push(deployment(namespace, app));
    if (number % 3 !== 0) documents.push(...policies(namespace, number, size));
  }
  return documents.map((document) => `---\n${dump(document)}`).join('');
}

function namespaceOf(name, number) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { tier: `tier-${number % 5}` } } };
}

function labelsOf(app) {
  return { app: `app-${app}`, 'part-of': 'shop', role: app % 4 === 0 ? 'front' : 'back' };
}

function deployment(namespace, app) {
  const labels = labelsOf(app);
  const ports = [
    { name: 'http', containerPort: 8080 + (app % 3) },
    { name: 'metrics', containerPort: 9090 },
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${app}`, namespace },
    spec: {
      selector: { matchLabels: { app: labels.app } },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'app', ports }] } },
    },
  };
}

function policy(namespace, name, spec) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

function policies(namespace, number, size) {
  const wide = [
    policy(namespace, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy(namespace, 'dns', {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
          ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }],
        },
      ],
    }),
    policy(namespace, 'scraped', {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: 'tier-0' } } }], ports: [{ port: 'metrics' }] }],
    }),
    policy(namespace, 'out', {
      podSelector: { matchExpressions: [{ key: 'role', operator: 'NotIn', values: ['front'] }] },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', `192.168.${number % 4}.0/24`] } }],
          ports: [{ port: 443 }],
        },
      ],
    }),
  ];
  return [...wide, ...Array.from({ length: size }, (_, app) => narrow(namespace, number, app, size))];
}

function narrow(namespace, number, app, size) {
  const next = { podSelector: { matchLabels: { app: `app-${(app + 1) % size}` } } };
  const previous = { podSelector: { matchLabels: { app: `app-${(app + size - 1) % size}` } } };
  const tier = {
    namespaceSelector: { matchLabels: { tier: `tier-${(number + 1) % 5}` } },
    podSelector: { matchLabels: { role: 'front' } },
  };
  return policy(namespace, `app-${app}`, {
    podSelector: { matchLabels: { app: `app-${app}` } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      { from: [previous], ports: [{ port: 'http' }] },
      { from: [tier], ports: [{ port: 8000, endPort: 8100 }] },
    ],
    egress: [
      { to: [next], ports: [{ port: 'http' }] },
      { to: [tier], ports: [{ port: 'http' }] },
    ],
  });
}
