import assert from 'node:assert/strict';
import type { PortSet } from '../../src/model/port.ts';
import { plan } from '../../src/plan.ts';
import { covers, intersect, isEmpty, portSet, union } from '../../src/policy/port-set.ts';
import { allowedPorts } from '../../src/reach/connections.ts';
import { indexPolicies } from '../../src/reach/index-policies.ts';
import { run } from '../../src/run.ts';
import { type Case, casesWithEdges, describeCases } from '../cases/case-folder.ts';
import { type ClusterWorkload, readCluster } from '../cases/cluster.ts';
import { isIntended, readEdges, readIntendedEdges } from '../cases/edges.ts';
import { generatedPolicies, modelOf } from '../cases/generated.ts';
import { applyPlan } from './apply-plan.ts';

/**
 * How many connections of a known table the plan finds, how many there are, and how many it opens that the table does not
 * have. Tables are of clusters whose policies were written for their connections. What is not found is not in the manifests:
 * a ConfigMap or a Secret that is not there, an address that a program has built in.
 */
const FOUND: Readonly<Record<string, readonly [found: number, known: number, others: number]>> = {
  'acs-security-demos': [12, 12, 0],
  'bank-of-anthos-dev': [6, 12, 0],
  onlineboutique: [15, 15, 0],
  'sock-shop': [1, 11, 0],
  'kube-prometheus': [7, 8, 1],
  longhorn: [2, 2, 0],
};

describeCases('Connections that a plan finds', () => {
  for (const one of casesWithEdges().filter(({ name }) => name in FOUND)) {
    it(`${one.name}: ${FOUND[one.name]?.slice(0, 2).join(' of ')}`, () =>
      assert.deepEqual(count(one), FOUND[one.name]));
  }
});

function count({ input, edges: text }: Case): readonly number[] {
  const { workloads } = readCluster(input);
  const edges = isIntended(text) ? readIntendedEdges(text, [...workloads.keys()]) : readEdges(text);
  // Who lets everybody in does not tell who comes.
  const open = new Set(
    edges.outside
      .filter(({ peer, direction }) => peer.kind === 'any' && direction === 'Ingress')
      .map(({ workload }) => workload),
  );
  const known = new Map(
    edges.pairs
      .filter(
        ({ source, destination, listening }) => source !== destination && !isEmpty(listening) && !open.has(destination),
      )
      .map(({ source, destination, listening }) => [`${source} ${destination}`, listening]),
  );
  const opened = openedBy(input, workloads, known);
  const found = [...known].filter(([pair]) => opened.has(pair));
  const others = [...opened].filter(
    ([pair, ports]) => !open.has(pair.split(' ')[1] ?? '') && !covers(known.get(pair) ?? [], ports),
  );
  return [found.length, known.size, others.length];
}

/** Pairs of workloads that the planned annotations open, both ends closed, with their ports. */
function openedBy(
  input: string,
  workloads: ReadonlyMap<string, ClusterWorkload>,
  known: ReadonlyMap<string, PortSet>,
): Map<string, PortSet> {
  const planned = plan({ input, namespace: 'default' }).plan;
  assert.ok(planned !== undefined);
  const config =
    'apiVersion: postern.dev/v1alpha1\nkind: NetworkPolicyGenerator\nmetadata: {name: x}\nspec: {namespace: default}\n';
  const applied = applyPlan(input, planned);
  const { output } = run({ input: applied, config: { text: config, file: 'x' } });
  const index = indexPolicies(generatedPolicies(applied, output).map(modelOf));
  const opened = new Map<string, PortSet>();
  for (const source of workloads.values()) {
    for (const destination of workloads.values()) {
      const pair = `${source.id} ${destination.id}`;
      const listening = union(declared(destination), known.get(pair) ?? []);
      const ports = intersect(allowedPorts(index, endpointOf(source), endpointOf(destination)), listening);
      if (source !== destination && !isEmpty(ports)) opened.set(pair, ports);
    }
  }
  return opened;
}

function declared({ ports }: ClusterWorkload): PortSet {
  return portSet(ports.map(({ protocol, port }) => ({ protocol, port, endPort: port })));
}

function endpointOf({ namespace, labels, ports }: ClusterWorkload) {
  return {
    kind: 'pod' as const,
    namespace,
    labels,
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace },
    ports,
  };
}
