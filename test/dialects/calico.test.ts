import assert from 'node:assert/strict';
import { DIRECTIONS } from '../../src/model/direction.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { Protocol } from '../../src/model/port.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { casesWithEdges, describeCases } from '../cases/case-folder.ts';
import { DIFFERENCES, unexplained } from '../cases/differences.ts';
import { FLAVOURS } from '../cases/flavours.ts';
import { compare, tryCase } from '../cases/trial.ts';
import { endsOf } from '../golden/ends.ts';
import { findCases, type GoldenCase } from '../golden/golden-case.ts';
import { readPolicies } from '../golden/policies.ts';
import { runPostern } from '../golden/run-postern.ts';
import { calicoMatches } from './calico-matches.ts';
import { type CalicoPolicy, calicoVerdicts, type Try } from './calico-verdicts.ts';
import { refusalsOf } from './check-objects.ts';
import { configWith, streamOf, writtenObjects } from './in-dialect.ts';
import { describeWithCheckers } from './run-checker.ts';

describeWithCheckers('Policies of Calico', () => {
  const pairs = findCases().flatMap(inBoth);

  it('are tried on the golden cases', () => assert.ok(pairs.length > 150, `only ${pairs.length}`));

  it('are taken by Calico, in every golden case', () => {
    assert.deepEqual(refusalsOf(streamOf(pairs.flatMap(({ calico }) => calico))), []);
  });

  it('are taken by Calico when staged, in every golden case', () => {
    const staged = findCases().flatMap((golden) => writtenIn(golden, { dialect: 'calico', mode: 'observe' }) ?? []);
    assert.ok(staged.length > 300);
    const kinds = new Set(staged.map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ['StagedKubernetesNetworkPolicy', 'StagedNetworkPolicy']);
    assert.deepEqual(refusalsOf(streamOf(staged)), []);
  });

  for (const { golden, kubernetes, calico } of pairs) {
    it(`open and close in ${golden.name} what plain NetworkPolicies do`, () => {
      const tries = triesOf(golden, kubernetes);
      const index = indexPolicies(kubernetes);
      const plain = tries.map(({ flow, end }) => judgeEnd(index, end, flow).allowed);
      assert.deepEqual(differing(tries, plain, calicoVerdicts(calico, tries)), []);
    });
  }

  it('do not mean NetworkSets with the labels of pods', () => {
    const config = configWith({ input: WEB, config: undefined }, { dialect: 'calico' });
    const written = writtenObjects<CalicoPolicy>(runPostern(WEB, config).stdout);
    const selector = written[0]?.spec.ingress?.[0]?.source?.selector ?? '';
    assert.equal(calicoMatches(selector, { app: 'cart', 'projectcalico.org/orchestrator': 'k8s' }), true);
    assert.equal(calicoMatches(selector, { app: 'cart' }), false);
  });
});

describeCases('Real clusters, annotated, in the dialect of Calico', () => {
  describeWithCheckers('as Calico decides', () => {
    for (const source of casesWithEdges()) {
      for (const flavour of FLAVOURS) {
        it(`${source.name} has its connections when it says them as ${flavour}`, () => {
          const { problems, policies, expectations } = tryCase(source, flavour, { dialect: 'calico' });
          const errors = problems.filter(({ severity }) => severity === 'error');
          assert.deepEqual(
            errors.map(({ message }) => message),
            [],
          );
          assert.deepEqual(refusalsOf(streamOf(policies)), []);
          const asked = expectations.flatMap(({ flow, ends }) => ends.map((end) => ({ flow, end })));
          const answers = calicoVerdicts(policies as unknown as readonly CalicoPolicy[], asked);
          let next = 0;
          const allowed = expectations.map(({ ends }) => ends.map(() => answers[next++]).every((answer) => answer));
          assert.deepEqual(unexplained(DIFFERENCES, source.name, compare(expectations, allowed)), []);
        });
      }
    }
  });
});

interface InBoth {
  readonly golden: GoldenCase;
  readonly kubernetes: readonly NetworkPolicy[];
  readonly calico: readonly CalicoPolicy[];
}

/** The policies of a golden case that says nothing of dialects, in both of them. */
function inBoth(golden: GoldenCase): InBoth[] {
  const plain = writtenIn(golden, {});
  if (plain === undefined || plain.length === 0) return [];
  const calico = writtenIn(golden, { dialect: 'calico' });
  assert.notEqual(calico, undefined, `${golden.name} must not fail in the dialect of Calico`);
  return [{ golden, kubernetes: readPolicies(streamOf(plain)), calico: (calico ?? []) as readonly CalicoPolicy[] }];
}

/** What a golden case writes with more fields in its config; undefined where it fails, or where it has a dialect. */
function writtenIn(golden: GoldenCase, fields: object): readonly { readonly kind: string }[] | undefined {
  const isNot = /dialect|mode: observe/.test(golden.config ?? '') || golden.input.includes('postern.dev/generated');
  if (isNot) return undefined;
  const config = configWith(golden, fields);
  if (config === undefined) return undefined;
  const { stdout, status } = runPostern(golden.input, config);
  return status === 0 ? writtenObjects<Written>(stdout).filter(isOfDialect) : undefined;
}

interface Written {
  readonly apiVersion: string;
  readonly kind: string;
}

/** The authorization policies of a mesh are the same in every dialect. */
function isOfDialect({ apiVersion }: Written): boolean {
  return !/^(policy\.linkerd|security\.istio)\.io\//.test(apiVersion);
}

/** Everybody with everybody, and with somebody who is just what a rule names, on every port that a rule begins or ends with. */
function triesOf({ input }: GoldenCase, policies: readonly NetworkPolicy[]): readonly Try[] {
  const ends = endsOf(input, { outside: {}, namespaces: {} }).map(({ endpoint }) => withoutNulls(endpoint));
  const rules = policies.flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress]);
  const peers = rules.flatMap((rule) => (rule.peers === 'all' ? [] : rule.peers));
  const named = peers.flatMap((peer): Endpoint[] => {
    if (peer.kind === 'ipBlock')
      return [peer.cidr, ...peer.except].map((cidr) => ({ kind: 'ip', address: cidr.split('/')[0] ?? '' }));
    if (peer.kind !== 'pods') return [];
    const labels = labelsOf(peer.podSelector);
    const of = labelsOf(peer.namespaceSelector ?? []);
    return [of['kubernetes.io/metadata.name'] ?? 'elsewhere', 'shop'].map((namespace) => pod(namespace, labels, of));
  });
  const all = [...ends, ...named, pod('elsewhere', {}, {}), { kind: 'ip', address: '203.0.113.9' } as const];
  const subjects = ends.filter((end) => end.kind === 'pod');
  const ports = portsOf(policies);
  return distinct(all).flatMap((other) =>
    subjects.flatMap((self) =>
      DIRECTIONS.flatMap((end) =>
        ports.map((port) => ({
          end,
          flow: {
            ...port,
            ...(end === 'Egress' ? { source: self, destination: other } : { source: other, destination: self }),
          },
        })),
      ),
    ),
  );
}

/** A label that is null in a template is '' in the cluster. */
function withoutNulls(end: Endpoint): Endpoint {
  if (end.kind !== 'pod') return end;
  const labels = Object.entries(end.labels).map(([key, value]: [string, string | null]) => [key, value ?? '']);
  return { ...end, labels: Object.fromEntries(labels) };
}

type Labels = Readonly<Record<string, string>>;

function labelsOf(selector: NetworkPolicy['podSelector']): Labels {
  return Object.fromEntries(
    selector.map(({ key, operator, values }) => [key, operator === 'In' ? (values[0] ?? '') : 'any']),
  );
}

function pod(namespace: string, labels: Labels, namespaceLabels: Labels): Endpoint {
  const of = { ...namespaceLabels, 'kubernetes.io/metadata.name': namespace };
  return { kind: 'pod', namespace, labels, namespaceLabels: of, ports: [] };
}

const MOST_PORTS = 12;

function portsOf(
  policies: readonly NetworkPolicy[],
): readonly { readonly protocol: Protocol; readonly port: number }[] {
  const matches = policies
    .flatMap(({ ingress = [], egress = [] }) => [...ingress, ...egress])
    .flatMap(({ ports }) => (ports === 'all' ? [] : ports))
    .flatMap((match) =>
      'name' in match
        ? []
        : [match.port, match.endPort, Math.min(match.endPort + 1, 65535)].map((port) => ({
            protocol: match.protocol,
            port,
          })),
    );
  const found = distinct([{ protocol: 'TCP' as const, port: 9 }, { protocol: 'SCTP' as const, port: 9 }, ...matches]);
  const step = Math.ceil(found.length / MOST_PORTS);
  return found.filter((_, index) => index % step === 0);
}

function differing(tries: readonly Try[], plain: readonly boolean[], calico: readonly boolean[]): readonly string[] {
  return tries.flatMap(({ flow, end }, index) =>
    plain[index] === calico[index]
      ? []
      : [`${end} ${JSON.stringify(flow)}: plain ${plain[index]}, Calico ${calico[index]}`],
  );
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const WEB = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
  labels: {app: web}
  annotations: {postern.dev/allow-from: app=cart}
spec:
  containers: [{name: main, image: example.com/app:1, ports: [{containerPort: 8080}]}]
`;
