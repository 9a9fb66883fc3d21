import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DIRECTIONS } from '../../src/model/direction.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import { indexPolicies, type PolicyIndex } from '../../src/reach/index-policies.ts';
import { judgeEnd } from '../../src/reach/judge.ts';
import { type RunResult, run } from '../../src/run.ts';
import { CASES, casesWithInput, describeCases, readCaseFile } from './case-folder.ts';
import { type ClusterWorkload, readCluster } from './cluster.ts';
import { generatedPolicies, modelOf } from './generated.ts';
import { splitRepeats } from './split-repeats.ts';
import { configOf } from './trial.ts';

/** Its pieces are tried one by one below: some are not YAML. */
const UGLY = 'ugly-k8s';
const CONFIG = { text: configOf({ isolate: 'both' }), file: 'postern.yaml' };

describeCases('Every real input, closed as a whole', () => {
  for (const name of casesWithInput().filter((each) => each !== UGLY)) {
    it(`${name}: each workload is isolated, asks for names, and nothing else of the input changes`, () => {
      for (const piece of splitRepeats(readCaseFile(name, 'input.yaml'))) checkClosed(piece);
    });
  }

  it('what real files hold that is ugly comes out as it came, or is an error', () => {
    const files = readdirSync(join(CASES, UGLY, 'files')).sort();
    assert.ok(files.length > 0);
    for (const file of files) checkUgly(readCaseFile(join(UGLY, 'files'), file), file);
  });
});

function checkClosed(input: string): void {
  const first = run({ input, config: CONFIG });
  assert.deepEqual(errorsOf(first), []);
  const policies = generatedPolicies(input, first.output);
  const index = indexPolicies(policies.map(modelOf));
  for (const workload of readCluster(input).workloads.values()) {
    if (isLeftAlone(workload)) continue;
    assert.deepEqual(openEnds(index, workload), [], `${workload.id} must be closed but for names`);
  }
  assert.equal(run({ input: first.output, config: CONFIG }).output, first.output, 'a second run must change nothing');
}

/**
 * Postern leaves kube-system alone, and pods that an operator makes, unless the config's \`pods\` describes them. A
 * Rollout that borrows a Deployment's template has its pods described there.
 */
function isLeftAlone({ namespace, kind, labels, form }: ClusterWorkload): boolean {
  return namespace === 'kube-system' || form === 'custom' || (kind === 'Rollout' && Object.keys(labels).length === 0);
}

/** What of the workload's two ends is not as a closed one should be. */
function openEnds(index: PolicyIndex, { namespace, labels, ports }: ClusterWorkload): readonly string[] {
  const self: Endpoint = {
    kind: 'pod',
    namespace,
    labels,
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace },
    ports,
  };
  const stranger: Endpoint = { kind: 'ip', address: '203.0.113.9' };
  const dns: Endpoint = {
    kind: 'pod',
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    namespaceLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
    ports: [],
  };
  const open = DIRECTIONS.filter((direction) => {
    const [source, destination] = direction === 'Ingress' ? [stranger, self] : [self, stranger];
    return judgeEnd(index, direction, { source, destination, protocol: 'TCP', port: 8080 }).allowed;
  });
  const resolves = judgeEnd(index, 'Egress', { source: self, destination: dns, protocol: 'UDP', port: 53 }).allowed;
  return [...open, ...(resolves ? [] : ['no names'])];
}

function checkUgly(input: string, file: string): void {
  const result = run({ input, config: CONFIG });
  const errors = errorsOf(result);
  assert.equal(result.failed, errors.length > 0, file);
  if (result.failed)
    assert.equal(result.output, input, `${file} must come out unchanged beside its error: ${errors.join()}`);
  else if (!file.endsWith('.json'))
    assert.ok(result.output.startsWith(input.trimEnd()), `${file} must come out as it came`);
  else assert.notEqual(result.output.trim(), '', `${file} must not be lost`);
}

function errorsOf({ problems }: RunResult): readonly string[] {
  return problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}
