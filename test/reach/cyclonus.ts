import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint, Flow } from '../../src/model/flow.ts';
import type { PolicyObject } from './arbitrary-cluster.ts';

/** What Cyclonus says of one connection. */
export interface CyclonusVerdict {
  readonly ingress: boolean;
  readonly egress: boolean;
  readonly allowed: boolean;
}

/** Asks Cyclonus about many connections in one process. */
export function askCyclonus(
  binary: string,
  policies: readonly PolicyObject[],
  flows: readonly Flow[],
): readonly CyclonusVerdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'postern-reach-'));
  try {
    const [policyPath, trafficPath] = [join(folder, 'policies.yaml'), join(folder, 'traffic.json')];
    writeFileSync(policyPath, JSON.stringify({ items: policies }));
    writeFileSync(trafficPath, JSON.stringify(flows.map(trafficOf)));
    // Its simplifier has rules of its own; what is wanted here is the plain reading of the policies.
    const args = ['analyze', '--mode=query-traffic', '--simplify-policies=false'];
    const paths = [`--policy-path=${policyPath}`, `--traffic-path=${trafficPath}`];
    const output = execFileSync(binary, [...args, ...paths], { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: 'pipe' });
    return output.split('Is traffic allowed?').slice(1).map(readVerdict);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Pods have an address outside every ipBlock of the tests, since Cyclonus has ipBlocks match pods. */
const POD_ADDRESS = 'fd00::1';

function trafficOf({ source, destination, protocol, port }: Flow): unknown {
  return {
    Source: trafficPeerOf(source),
    Destination: trafficPeerOf(destination),
    Protocol: protocol,
    ResolvedPort: port,
    ResolvedPortName: portNameAt(destination, protocol, port),
  };
}

function trafficPeerOf(endpoint: Endpoint): unknown {
  if (endpoint.kind === 'ip') return { IP: endpoint.address };
  if (endpoint.kind === 'named') throw new Error('has neither an address nor labels');
  const { namespace, labels, namespaceLabels } = endpoint;
  return { IP: POD_ADDRESS, Internal: { Namespace: namespace, PodLabels: labels, NamespaceLabels: namespaceLabels } };
}

function portNameAt(endpoint: Endpoint, protocol: string, port: number): string {
  if (endpoint.kind !== 'pod') return '';
  return endpoint.ports.find((declared) => declared.protocol === protocol && declared.port === port)?.name ?? '';
}

/** Reads its table: one row per policy, those that allow first; no row of a direction: nothing isolates that end. */
function readVerdict(table: string): CyclonusVerdict {
  const firstAction = (type: string) => new RegExp(`\\| ${type} +\\| (Allow|Deny) `).exec(table)?.[1];
  const total = /IS ALLOWED\? \| +(TRUE|FALSE) /.exec(table)?.[1];
  if (total === undefined) throw new Error(`cannot read what Cyclonus said: ${table}`);
  return {
    ingress: firstAction('Ingress') !== 'Deny',
    egress: firstAction('Egress') !== 'Deny',
    allowed: total === 'TRUE',
  };
}
