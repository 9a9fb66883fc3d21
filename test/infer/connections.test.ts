import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DIRECTIONS } from '../../src/model/direction.ts';
import type { Endpoint } from '../../src/model/flow.ts';
import { hasPort } from '../../src/policy/port-set.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies, selecting } from '../../src/reach/index-policies.ts';
import { type RunResult, run } from '../../src/run.ts';
import { readPolicies } from '../golden/policies.ts';
import { type Declared, type DeclaredService, type DeclaredWorkload, declared } from './arbitrary-declarations.ts';
import { expectedClosedDoors, expectedPorts, expectsDns, TRIED } from './expected-connections.ts';
import { writeConfig, writeObjects, writeStream } from './write-input.ts';

const RUNS = { numRuns: 600 };

describe('what is declared and who reaches whom', () => {
  it('agree for every pair of pods', () => {
    let compared = 0;
    fc.assert(
      fc.property(declared, (cluster) => {
        const result = runOn(cluster);
        if (result.failed) return;
        compared += 1;

        assert.deepEqual(reached(cluster, result), expected(cluster));
      }),
      RUNS,
    );
    assert.ok(compared > RUNS.numRuns / 10, `only ${compared} clusters had no error`);
  });

  it('agree on which doors stay closed', () => {
    fc.assert(
      fc.property(declared, (cluster) => {
        const errors = runOn(cluster).problems.filter(({ severity }) => severity === 'error');
        if (errors.some(({ code }) => code !== 'closed-door')) return;
        const closed = errors.map(({ resource, got }) => `${resource?.name}: ${got}`);
        assert.deepEqual([...new Set(closed)].sort(), [...new Set(expectedClosedDoors(cluster))].sort());
      }),
      RUNS,
    );
  });

  it('agree once each closed door has the item that its error says', () => {
    fc.assert(
      fc.property(declared, (cluster) => {
        const before = codesOf(runOn(cluster));
        if (!before.includes('closed-door')) return;
        const codes = codesOf(runOn(followAdvice(cluster)));
        assert.deepEqual(
          codes.filter((code) => code === 'closed-door' || !before.includes(code)),
          [],
        );
      }),
      RUNS,
    );
  });

  it('leave every closed pod its DNS, but those that go without', () => {
    const dns: Endpoint = {
      kind: 'pod',
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns' },
      namespaceLabels: { 'kubernetes.io/metadata.name': 'kube-system' },
      ports: [],
    };
    fc.assert(
      fc.property(declared, (cluster) => {
        const result = runOn(cluster);
        if (result.failed) return;
        const index = indexPolicies(readPolicies(result.output));
        for (const workload of cluster.workloads) {
          const wanted = expectsDns(cluster, workload);
          const ports = allowedPorts(index, podOf(workload), dns);
          if (wanted !== undefined) assert.equal(hasPort(ports, 'UDP', 53) && hasPort(ports, 'TCP', 53), wanted);
        }
      }),
      RUNS,
    );
  });

  it('leave pods of other builds alone where the Namespace is not in the input', () => {
    fc.assert(
      fc.property(declared, (cluster) => {
        const result = runOn({ ...cluster, handWritten: [] });
        if (result.failed) return;
        const index = indexPolicies(readPolicies(result.output));
        for (const { name } of cluster.namespaces.filter((namespace) => !namespace.here)) {
          const labels = { app: 'another', tier: 'another' };
          const stranger: Endpoint = { kind: 'pod', namespace: name, labels, namespaceLabels: {}, ports: [] };
          const policies = DIRECTIONS.flatMap((direction) => selecting(index, direction, stranger));
          assert.deepEqual(policies, []);
        }
      }),
      RUNS,
    );
  });

  it('do not depend on the order of the input', () => {
    const shuffledClusters = declared.chain((cluster) => {
      const objects = writeObjects(cluster);
      return fc.tuple(
        fc.constant(cluster),
        fc.constant(objects),
        fc.shuffledSubarray([...objects], { minLength: objects.length }),
      );
    });
    fc.assert(
      fc.property(shuffledClusters, ([cluster, objects, shuffled]) => {
        const [one, other] = [objects, shuffled].map((order) => policiesIn(runObjects(cluster, order)));
        assert.deepEqual(other, one);
      }),
      RUNS,
    );
  });
});

function runOn(cluster: Declared): RunResult {
  return runObjects(cluster, writeObjects(cluster));
}

function runObjects(cluster: Declared, objects: readonly object[]): RunResult {
  return run({ input: writeStream(objects), config: { text: writeConfig(cluster), file: 'config.yaml' } });
}

function codesOf({ problems }: RunResult): string[] {
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** Adds what the errors say to the lists that they name, until no door is closed: each round opens those of one run. */
function followAdvice(cluster: Declared, rounds = 4): Declared {
  const advice = runOn(cluster).problems.flatMap(({ code, message }) => {
    const [, item = '', kind = '', name = ''] =
      /add "(.*)" to postern\.dev\/allow-from of (\w+)\/(.*)$/.exec(message) ?? [];
    return code === 'closed-door' ? [{ item, kind, name }] : [];
  });
  if (advice.length === 0 || rounds === 0) return cluster;
  const add =
    (kind: string) =>
    <Object extends DeclaredWorkload | DeclaredService>(object: Object): Object => {
      const name = `${object.namespace}/${object.name}`;
      const items = advice.filter((one) => one.kind === kind && one.name === name).map(({ item }) => item);
      if (items.length === 0) return object;
      const allowFrom = [...new Set([...(object.words.allowFrom ?? []), ...items])];
      return { ...object, words: { ...object.words, allowFrom } };
    };
  const { workloads, services } = cluster;
  const opened = { ...cluster, workloads: workloads.map(add('Deployment')), services: services.map(add('Service')) };
  return followAdvice(opened, rounds - 1);
}

/** The generated policies as they are written, and whether the run failed. */
function policiesIn({ output, failed }: RunResult): unknown {
  return { failed, policies: output.split(/^---\n/m).filter((text) => text.includes('postern.dev/generated')) };
}

/** `shop/web > billing/ledger: 8080 9090` for every pair, under the policies of an output. */
function reached(cluster: Declared, { output }: RunResult): string[] {
  const index = indexPolicies(readPolicies(output));
  return pairs(cluster, (source, destination) => {
    const ports = allowedPorts(index, podOf(source), podOf(destination));
    return TRIED.filter((port) => hasPort(ports, 'TCP', port));
  });
}

function expected(cluster: Declared): string[] {
  return pairs(cluster, (source, destination) => {
    const ports = expectedPorts(cluster, source, destination);
    return TRIED.filter((port) => ports.includes(port));
  });
}

function pairs(
  { workloads }: Declared,
  portsOf: (source: DeclaredWorkload, destination: DeclaredWorkload) => readonly number[],
): string[] {
  return workloads.flatMap((source) =>
    workloads.map((destination) => {
      const names = [source, destination].map(({ namespace, name }) => `${namespace}/${name}`).join(' > ');
      return `${names}: ${portsOf(source, destination).join(' ')}`;
    }),
  );
}

function podOf({ namespace, name, tier, http, hasMetrics }: DeclaredWorkload): Endpoint {
  const named = (port: string, number: number) => ({ name: port, port: number, protocol: 'TCP' as const });
  return {
    kind: 'pod',
    namespace,
    labels: { app: name, tier },
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace },
    ports: [named('http', http), ...(hasMetrics ? [named('metrics', 9090)] : [])],
  };
}
