import { loadAll } from 'js-yaml';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { PortRange, PortSet } from '../../src/model/port.ts';
import { readNetworkPolicy } from '../../src/parse/network-policy.ts';
import { isEmpty } from '../../src/policy/port-set.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { readCluster } from '../cases/cluster.ts';
import { resourceOf } from '../reach/resource-of.ts';

/** One end of the table's connections. */
interface End {
  /** `namespace/name` of a workload or a made-up pod, or the name of an address. */
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Not a workload of the build: what passes between two of these is nobody's business. */
  readonly outsider: boolean;
}

type Pod = Extract<Endpoint, { kind: 'pod' }>;

interface PolicyObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/**
 * Who reaches whom in a rendered build, and on which ports: `default/web -> default/cart: TCP/9090`, sorted. Besides the
 * workloads there are pods that a build must keep out or let in: a stranger in each namespace, another elsewhere, the
 * ingress controller, the DNS server, and an address of the internet.
 */
export function reachTable(text: string): readonly string[] {
  const workloads = [...readCluster(text).workloads.values()].map(({ namespace, name, labels, ports }) =>
    podEnd(`${namespace}/${name}`, namespace, labels, { ports, outsider: false }),
  );
  const ends = [...workloads, ...outsiders(workloads)];
  const index = indexPolicies(policiesOf(text));
  const rows = ends.flatMap((source) =>
    ends.flatMap((destination) => {
      if (source === destination || (source.outsider && destination.outsider)) return [];
      const ports = allowedPorts(index, source.endpoint, destination.endpoint);
      return isEmpty(ports) ? [] : [`${source.name} -> ${destination.name}: ${printPorts(ports)}`];
    }),
  );
  return [...new Set(rows)].sort();
}

/** The NetworkPolicies of a rendered build, as `namespace/name`, sorted. */
export function policyNames(text: string): readonly string[] {
  return policiesOf(text)
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .sort();
}

function outsiders(workloads: readonly End[]): readonly End[] {
  const namespaces = new Set(workloads.map(({ name }) => name.split('/')[0] ?? ''));
  const strangers = [...namespaces, 'elsewhere'].map((namespace) =>
    podEnd(`${namespace}/stranger`, namespace, { app: 'stranger' }),
  );
  return [
    ...strangers,
    podEnd('system-ingress/ingress-nginx', 'system-ingress', { app: 'ingress-nginx' }),
    podEnd('kube-system/kube-dns', 'kube-system', { 'k8s-app': 'kube-dns' }),
    { name: 'internet', endpoint: { kind: 'ip', address: '203.0.113.9' }, outsider: true },
  ];
}

function podEnd(
  name: string,
  namespace: string,
  labels: Pod['labels'],
  { ports, outsider }: { ports: Pod['ports']; outsider: boolean } = { ports: [], outsider: true },
): End {
  const namespaceLabels = { 'kubernetes.io/metadata.name': namespace };
  return { name, endpoint: { kind: 'pod', namespace, labels, namespaceLabels, ports }, outsider };
}

function policiesOf(text: string): readonly NetworkPolicy[] {
  const objects = loadAll(text) as (PolicyObject | null)[];
  return objects.flatMap((object) => {
    if (object?.kind !== 'NetworkPolicy') return [];
    const namespace = object.metadata.namespace ?? 'default';
    const policy = readNetworkPolicy(resourceOf(object), { ...object }, namespace, ({ field, message }) => {
      throw new Error(`NetworkPolicy ${object.metadata.name}: ${field} ${message}`);
    });
    return policy === undefined ? [] : [policy];
  });
}

function printPorts(ports: PortSet): string {
  return ports === 'all' ? 'all' : ports.map(printRange).join(',');
}

function printRange({ protocol, port, endPort }: PortRange): string {
  return `${protocol}/${port}${port === endPort ? '' : `-${endPort}`}`;
}
