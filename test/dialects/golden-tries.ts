import assert from 'node:assert/strict';
import type { DialectName } from '../../src/model/dialect.ts';
import { DIRECTIONS } from '../../src/model/direction.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import type { NetworkPolicy } from '../../src/model/network-policy.ts';
import type { Protocol } from '../../src/model/port.ts';
import { endsOf } from '../golden/ends.ts';
import type { GoldenCase } from '../golden/golden-case.ts';
import { readPolicies } from '../golden/policies.ts';
import { runPostern } from '../golden/run-postern.ts';
import type { Try } from './calico-verdicts.ts';
import { configWith, streamOf, writtenObjects } from './in-dialect.ts';

/** A golden case in two dialects. */
export interface InBoth<Policy> {
  readonly golden: GoldenCase;
  readonly kubernetes: readonly NetworkPolicy[];
  /** Of the other dialect. */
  readonly others: readonly Policy[];
}

/** The policies of a golden case that says nothing of dialects, as plain ones and in another dialect. */
export function inBoth<Policy>(golden: GoldenCase, dialect: DialectName): InBoth<Policy>[] {
  const plain = writtenIn(golden, {});
  if (plain === undefined || plain.length === 0) return [];
  const others = writtenIn(golden, { dialect });
  assert.notEqual(others, undefined, `${golden.name} must not fail in the dialect ${dialect}`);
  return [{ golden, kubernetes: readPolicies(streamOf(plain)), others: (others ?? []) as readonly Policy[] }];
}

/** Policies of other APIs by hand, which count where their own API is, and not in every dialect. */
const FOREIGN = /apiVersion: (cilium\.io|(crd\.)?projectcalico\.org|policy\.networking\.k8s\.io)\//;

/** What a golden case writes with more fields in its config; undefined where it fails, or where it has a dialect. */
export function writtenIn(golden: GoldenCase, fields: object): readonly { readonly kind: string }[] | undefined {
  const isNot =
    /dialect|mode: observe|clusterWide/.test(golden.config ?? '') || golden.input.includes('postern.dev/generated');
  if (isNot || FOREIGN.test(golden.input)) return undefined;
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
export function triesOf({ input }: Pick<GoldenCase, 'input'>, policies: readonly NetworkPolicy[]): readonly Try[] {
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

/** Those that end otherwise in the other dialect. */
export function differing(
  tries: readonly Try[],
  plain: readonly boolean[],
  others: readonly boolean[],
): readonly string[] {
  return tries.flatMap(({ flow, end }, index) =>
    plain[index] === others[index]
      ? []
      : [`${end} ${JSON.stringify(flow)}: plain ${plain[index]}, there ${others[index]}`],
  );
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
