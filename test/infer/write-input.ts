import type {
  Declared,
  DeclaredNamespace,
  DeclaredService,
  DeclaredWorkload,
  Words,
} from './arbitrary-declarations.ts';

/** The cluster as objects, in the order namespaces, workloads, Services, policies. */
export function writeObjects({ namespaces, workloads, services, handWritten }: Declared): readonly object[] {
  return [
    ...namespaces.filter(({ here }) => here).map(writeNamespace),
    ...workloads.map(writeWorkload),
    ...services.map(writeService),
    ...handWritten.map(({ namespace, tier }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'hand-written', namespace },
      spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { tier } } }] }] },
    })),
  ];
}

/** Objects as a stream: JSON is YAML. */
export function writeStream(objects: readonly object[]): string {
  return objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
}

/** The config of a cluster. */
export function writeConfig({ config: { isolate, trust, always } }: Declared): string {
  return JSON.stringify({
    apiVersion: 'postern.dev/v1alpha1',
    kind: 'NetworkPolicyGenerator',
    metadata: { name: 'netpol' },
    spec: {
      trust,
      ...(isolate === undefined ? {} : { isolate }),
      ...(always === undefined ? {} : { always: { allowFrom: [always] } }),
    },
  });
}

function writeNamespace({ name, words }: DeclaredNamespace): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations: annotations(words) } };
}

function writeWorkload({ namespace, name, tier, http, hasMetrics, words }: DeclaredWorkload): object {
  const ports = [
    { name: 'http', containerPort: http },
    ...(hasMetrics ? [{ name: 'metrics', containerPort: 9090 }] : []),
  ];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, annotations: annotations(words) },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name, tier } }, spec: { containers: [{ name, ports }] } },
    },
  };
}

function writeService({ namespace, name, selects, target, words }: DeclaredService): object {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, annotations: annotations(words) },
    spec: { selector: selects, ports: [{ name: 'web', port: 80, targetPort: target }] },
  };
}

function annotations({ allowFrom, allowTo, isolate, trust, noDns }: Words): Record<string, string> {
  return {
    ...(allowFrom === undefined ? {} : { 'postern.dev/allow-from': allowFrom.join(', ') }),
    ...(allowTo === undefined ? {} : { 'postern.dev/allow-to': allowTo.join(', ') }),
    ...(isolate === undefined ? {} : { 'postern.dev/isolate': isolate }),
    ...(trust === undefined ? {} : { 'postern.dev/trust': trust }),
    ...(noDns ? { 'postern.dev/dns': 'none' } : {}),
  };
}
