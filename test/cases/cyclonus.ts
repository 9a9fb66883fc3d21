import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Direction } from '../../src/model/direction.ts';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import type { Expectation } from './expectation.ts';
import type { PolicyObject } from './generated.ts';

/** What cyclonus, a reader of policies that is not ours, says of each try, in order. */
export function askCyclonus(
  cyclonus: string,
  policies: readonly PolicyObject[],
  tries: readonly Expectation[],
): readonly boolean[] {
  const verdicts = new Map<Expectation, boolean>();
  for (const ends of [['Ingress', 'Egress'], ['Ingress'], ['Egress']] as const) {
    const group = tries.filter((expectation) => expectation.ends.join() === ends.join());
    const answers = query(
      cyclonus,
      policies.flatMap((policy) => only(policy, ends)),
      group,
    );
    for (const [index, expectation] of group.entries()) verdicts.set(expectation, answers[index] === true);
  }
  return tries.map((expectation) => verdicts.get(expectation) === true);
}

function query(cyclonus: string, policies: readonly object[], tries: readonly Expectation[]): readonly boolean[] {
  if (policies.length === 0) return tries.map(() => true);
  if (tries.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), 'postern-cyclonus-'));
  try {
    const [policyPath, trafficPath] = [join(folder, 'policies.yaml'), join(folder, 'traffic.json')];
    writeFileSync(policyPath, JSON.stringify({ apiVersion: 'v1', kind: 'NetworkPolicyList', items: policies }));
    writeFileSync(trafficPath, JSON.stringify(tries.map(({ flow }) => toTraffic(flow))));
    const args = ['analyze', '--mode', 'query-traffic', '--policy-path', policyPath, '--traffic-path', trafficPath];
    const output = execFileSync(cyclonus, args, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 28 });
    const verdicts = [...output.matchAll(/IS ALLOWED\? *\| *(TRUE|FALSE)/g)].map(([, verdict]) => verdict === 'TRUE');
    if (verdicts.length !== tries.length)
      throw new Error(`cyclonus must answer each try, got ${verdicts.length} of ${tries.length}`);
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A policy as far as it concerns these ends. Without a namespace it is in `default`, where the tables have it. */
function only(policy: PolicyObject, ends: readonly Direction[]): readonly object[] {
  const policyTypes = policy.spec.policyTypes.filter((type) => ends.includes(type));
  if (policyTypes.length === 0) return [];
  return [{ ...policy, metadata: { namespace: 'default', ...policy.metadata }, spec: { ...policy.spec, policyTypes } }];
}

function toTraffic(flow: Flow): object {
  const { source, destination, protocol, port } = flow;
  return {
    Source: toPeer(source),
    Destination: toPeer(destination),
    ResolvedPort: port,
    ResolvedPortName: '',
    Protocol: protocol,
  };
}

/** Pods get an address of the private ranges, which no list of the cases opens. */
function toPeer(endpoint: Endpoint): object {
  if (endpoint.kind === 'ip') return { IP: endpoint.address };
  if (endpoint.kind === 'named') throw new Error('has neither an address nor labels');
  const { labels, namespace, namespaceLabels } = endpoint;
  return { Internal: { PodLabels: labels, NamespaceLabels: namespaceLabels, Namespace: namespace }, IP: '10.1.2.3' };
}
