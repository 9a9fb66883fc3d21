import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { exportPeers } from '../../src/export.ts';
import { run } from '../../src/run.ts';
import { casesWithInput, describeCases, readCaseFile } from '../cases/case-folder.ts';
import { ROOT } from '../tools.ts';

/** A build that other teams name: two workloads behind one Service, named ports, UDP, addresses, a workload without ports. */
const A = readFileSync(join(ROOT, 'testdata', 'export', 'a-build', 'stdin.yaml'), 'utf8').concat(`---
apiVersion: v1
kind: Service
metadata: {name: ledger-metrics, namespace: billing}
spec: {selector: {app: ledger}, ports: [{port: 9090, targetPort: metrics}]}
`);
const NAMES = [
  'billing/ledger',
  'billing/ledger-metrics',
  'data/archive',
  'data/archive-new',
  'data/archive-old',
  'data/legacy',
];

/** Pieces that are no one build: some say an object twice, some are not YAML. */
const SKIPPED: ReadonlySet<string> = new Set([
  'ugly-k8s',
  'npg-workload-kinds',
  'argo-rollouts-examples',
  'knative-serving-samples',
]);

describe('postern export', () => {
  it('lets another build name what is not in it, with the egress that it has where the objects are there', () => {
    for (const name of NAMES) assertSame(A, name, name);
  });

  it('lets another build grant, too', () => assertSame(A, 'data/report', undefined));

  it('holds for a name with a port of the pods', () => assertSame(A, 'billing/ledger', 'billing/ledger:9090'));

  it('does not depend on the order of the objects', () => {
    const reversed = A.split('---\n').reverse().join('\n---\n');
    assert.equal(exportPeers({ input: reversed }).output, exportPeers({ input: A }).output);
  });
});

describeCases('Every real input, exported for another build', () => {
  for (const name of casesWithInput().filter((each) => !SKIPPED.has(each))) {
    it(`${name}: every name gives the same egress`, () => {
      const input = readCaseFile(name, 'input.yaml');
      const { output, failed, problems } = exportPeers({ input, namespace: 'default' });
      assert.equal(failed, false, JSON.stringify(problems[0]));
      const peers = Object.entries(peersOf(output));
      // Pods that declare no port are an error in an ask without one, where their objects are there.
      const asked = peers.filter(([, peer]) => [peer].flat().every((one) => 'ports' in (one as object)));
      const list = (named: typeof peers): string => named.map(([name]) => name).join(', ');
      assertSame(input, list(peers), asked.length === 0 ? undefined : list(asked));
    });
  }
});

/** A build of another team: it asks for one name and grants to one. */
function buildB(allowFrom: string, allowTo: string | undefined): string {
  const to = allowTo === undefined ? '' : `, postern.dev/allow-to: "${allowTo}"`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: team-b, annotations: {postern.dev/allow-from: "${allowFrom}"${to}}}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, ports: [{containerPort: 80}]}]}}
`;
}

function assertSame(a: string, allowFrom: string, allowTo: string | undefined): void {
  const b = buildB(allowFrom, allowTo);
  const { output: peers } = exportPeers({ input: a, namespace: 'default' });
  const apart = policiesOf(b, `${peers}`);
  // The door of A is A's affair; here only B is looked at.
  const together = policiesOf(`${b}---\n${a}`, OPEN);
  assert.deepEqual(apart, together);
  assert.equal(apart.length, 1);
}

const OPEN =
  'apiVersion: postern.dev/v1alpha1\nkind: NetworkPolicyGenerator\nmetadata: {name: peers}\nspec: {namespace: default}\n';

function policiesOf(input: string, config: string): readonly unknown[] {
  const { output, failed, problems } = run({ input, config: { text: config, file: 'config.yaml' } });
  assert.equal(failed, false, JSON.stringify(problems.filter(({ severity }) => severity === 'error')));
  return loadAll(output).filter((object) => {
    const { kind, metadata } = (object ?? {}) as { kind?: string; metadata?: { namespace?: string } };
    return kind === 'NetworkPolicy' && metadata?.namespace === 'team-b';
  });
}

function peersOf(config: string): Readonly<Record<string, unknown>> {
  const [{ spec }] = loadAll(config) as [{ spec: { peers: Readonly<Record<string, unknown>> } }];
  return spec.peers;
}
