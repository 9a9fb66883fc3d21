import assert from 'node:assert/strict';
import { dump, loadAll } from 'js-yaml';
import type { Direction } from '../../src/model/direction.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import type { LabelSelector } from '../../src/model/label-selector.ts';
import type { NetworkPolicy, Peer, Rule } from '../../src/model/network-policy.ts';
import type { Protocol } from '../../src/model/port.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { run } from '../../src/run.ts';
import { describeCases, readCaseFile } from './case-folder.ts';
import { generatedPolicies, modelOf, type PolicyObject } from './generated.ts';
import { INTENTS, type Intent } from './intents.ts';
import { configOf } from './trial.ts';

describeCases('Intents that other platforms turn into policies', () => {
  for (const intent of INTENTS) {
    it(`${intent.title} (${intent.file})`, () => checkIntent(intent));
  }
});

type Pod = Extract<Endpoint, { kind: 'pod' }>;

function checkIntent(intent: Intent): void {
  const input = intent.objects.map((object) => dump(object)).join('---\n');
  const { output, problems } = run({ input, config: { text: configOf(intent.spec), file: 'postern.yaml' } });
  const errors = problems.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
  );
  const ours = generatedPolicies(input, output).map(modelOf);
  const theirs = [modelOf(expectedPolicy(intent))];
  const rules = [...ours, ...theirs].flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
  const others = [...STRANGERS, ...rules.flatMap((rule) => othersOf(rule, intent.namespace))];
  const ports = portsOf(rules);
  for (const direction of intent.directions) {
    const open = openDoors(direction, subjectOf(intent), others, ports);
    assert.deepEqual(open(ours), open(theirs));
  }
}

/** The doors of the subject that policies leave open to these others. */
function openDoors(direction: Direction, subject: Pod, others: readonly Endpoint[], ports: readonly Port[]) {
  return (policies: readonly NetworkPolicy[]): readonly string[] => {
    const index = indexPolicies(policies);
    const doors = others.flatMap((other) =>
      ports
        .map((port) => ({
          ...port,
          ...(direction === 'Egress'
            ? { source: subject, destination: other }
            : { source: other, destination: subject }),
        }))
        .filter((flow) => judgeEnd(index, direction, flow).allowed)
        .map(({ protocol, port }) => `${direction} ${nameOf(other)} ${protocol}/${port}`),
    );
    return [...new Set(doors)].sort();
  };
}

/** The policy of the platform's own test. There, what is the same in all tests may be left out. */
function expectedPolicy({ file, policy, namespace, directions }: Intent): PolicyObject {
  const documents = loadAll(readCaseFile('prior-art-intents', file)) as readonly Document[];
  const found = documents
    .flatMap(objectsOf)
    .find((object) => object.kind === 'NetworkPolicy' && object.metadata?.name === policy);
  if (found === undefined) throw new Error(`${file} has no policy ${policy}`);
  const common = { podSelector: { matchLabels: { app: policy } }, policyTypes: directions };
  return { kind: 'NetworkPolicy', metadata: { name: policy, namespace }, spec: { ...common, ...found.spec } };
}

/** The objects of a document, or those that a test in it expects. */
function objectsOf(document: Document | null): readonly Document[] {
  if (document?.tests === undefined) return document === null ? [] : [document];
  return document.tests.map(({ kind, name, match }) => ({ kind, metadata: { name }, ...match[0]?.resource }));
}

interface Document {
  readonly kind?: string;
  readonly metadata?: { readonly name?: string };
  readonly spec?: object;
  readonly tests?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly match: readonly { readonly resource?: { readonly spec?: object } }[];
  }[];
}

function subjectOf({ policy, namespace }: Intent): Pod {
  return pod(namespace, { app: policy });
}

const STRANGERS: readonly Endpoint[] = [
  { kind: 'ip', address: '203.0.113.9' },
  pod('elsewhere', { app: 'stranger' }),
  pod('kube-system', { 'k8s-app': 'kube-dns' }),
];

/** For each peer of a rule somebody who is just that, in each namespace that its rule or the application is about. */
function othersOf(rule: Rule, namespace: string): readonly Endpoint[] {
  return rule.peers === 'all' ? [] : rule.peers.flatMap((peer) => otherOf(peer, namespace));
}

function otherOf(peer: Peer, namespace: string): readonly Endpoint[] {
  if (peer.kind === 'ipBlock') return [{ kind: 'ip', address: peer.cidr.replace(/\/\d+$/, '') }];
  if (peer.kind !== 'pods') return [];
  const labels = labelsOf(peer.podSelector);
  const namespaceLabels = labelsOf(peer.namespaceSelector ?? []);
  const named =
    namespaceLabels['kubernetes.io/metadata.name'] ?? (peer.namespaceSelector === undefined ? namespace : 'elsewhere');
  return [
    pod(named, labels, namespaceLabels),
    pod(namespace, labels),
    pod('elsewhere', labels),
    pod(named, { app: 'stranger' }, namespaceLabels),
  ];
}

function labelsOf(selector: LabelSelector): Readonly<Record<string, string>> {
  return Object.fromEntries(selector.map(({ key, values }) => [key, values[0] ?? 'any']));
}

function pod(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  namespaceLabels: Readonly<Record<string, string>> = {},
): Pod {
  return {
    kind: 'pod',
    namespace,
    labels,
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace, ...namespaceLabels },
    ports: [],
  };
}

function nameOf(endpoint: Endpoint): string {
  if (endpoint.kind === 'named') return JSON.stringify(endpoint.peer);
  return endpoint.kind === 'ip' ? endpoint.address : JSON.stringify([endpoint.labels, endpoint.namespaceLabels]);
}

interface Port {
  readonly protocol: Protocol;
  readonly port: number;
}

/** First and last ports of every range, and one that nobody names. */
function portsOf(rules: readonly Rule[]): readonly Port[] {
  const ranges = rules.flatMap(({ ports }) => (ports === 'all' ? [] : ports.filter((match) => 'port' in match)));
  const bounds = ranges.flatMap(({ protocol, port, endPort }) =>
    [port, endPort].map((bound) => ({ protocol, port: bound })),
  );
  return [{ protocol: 'TCP', port: 9 }, ...bounds];
}
