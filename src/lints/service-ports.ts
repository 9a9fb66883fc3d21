import { workloadsSelected } from '../infer/cluster.ts';
import type { PortMatch, PortRange } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';
import { subjectsOf } from '../policy/subjects-of.ts';
import type { Lint, Linted } from './lint.ts';
import { type PlacedRule, placedRules } from './placed-rules.ts';

/** Rules that name a Service's port where its pods listen on another: policies see the pods' ports. */
export const lintServicePorts: Lint = (linted) => {
  for (const placed of placedRules(linted)) {
    const { policy, rule, path, place } = placed;
    if (rule.ports === 'all') continue;
    const destinations = destinationsOf(linted, placed);
    for (const [position, match] of rule.ports.entries()) {
      const port = singlePort(match);
      const target = port && translated(linted, destinations, port);
      if (port === undefined || target === undefined) continue;
      linted.report({
        ...place,
        field: policy.foreign === undefined ? `${path}.ports[${position}].port` : path,
        code: 'service-port',
        severity: 'warning',
        message: `must be a port of the pods, got ${port.port}, which is a port of ${target.service} alone: its pods listen on ${target.port}`,
        got: String(port.port),
        want: String(target.port),
      });
    }
  }
};

/** The pods whose ports a rule names: the policy's own for ingress, the peers for egress. */
function destinationsOf({ cluster }: Linted, { policy, direction, rule }: PlacedRule): readonly Workload[] {
  const { namespace } = policy;
  if (direction === 'Ingress') {
    return subjectsOf(policy).flatMap(({ namespaceSelector, podSelector }) =>
      workloadsSelected(cluster, namespaceSelector, podSelector, namespace),
    );
  }
  if (rule.peers === 'all') return [];
  return rule.peers.flatMap((peer) =>
    peer.kind === 'pods' ? workloadsSelected(cluster, peer.namespaceSelector, peer.podSelector, namespace) : [],
  );
}

function singlePort(match: PortMatch): PortRange | undefined {
  return 'name' in match || match.endPort !== match.port ? undefined : match;
}

/** What a port that no destination declares is behind a Service of theirs; undefined where one does, or none has it. */
function translated(
  { cluster }: Linted,
  destinations: readonly Workload[],
  { protocol, port }: PortRange,
): { readonly service: string; readonly port: number } | undefined {
  const isDeclared = ({ ports }: Workload): boolean =>
    ports.some((declared) => declared.protocol === protocol && declared.port === port);
  if (destinations.some(isDeclared)) return undefined;
  for (const workload of destinations) {
    for (const { resource, ports } of cluster.servicesOf.get(workload) ?? []) {
      const found = ports.find((known) => known.protocol === protocol && known.port === port);
      const target = typeof found?.targetPort === 'string' ? portNamed(workload, found.targetPort) : found?.targetPort;
      if (target === port) return undefined;
      if (target !== undefined) return { service: `Service "${resource.name}"`, port: target };
    }
  }
  return undefined;
}

function portNamed({ ports }: Workload, name: string): number | undefined {
  return ports.find((port) => port.name === name)?.port;
}
