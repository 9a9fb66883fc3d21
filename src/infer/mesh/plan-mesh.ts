import type { Direction } from '../../model/direction.ts';
import type { PortSet } from '../../model/port.ts';
import type { Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { podsOf, type RulePeer } from '../../policy/peer.ts';
import { portSet } from '../../policy/port-set.ts';
import { allow, allowAll, type RuleSet } from '../../policy/rule-set.ts';
import { ipBlock } from '../ip-blocks.ts';
import type { Isolation } from '../isolation.ts';
import { remembered } from '../remembered.ts';
import { type Names, resolveItem } from '../resolve-item.ts';
import type { ResolvedPeer } from '../resolved.ts';
import { peerOfWorkload } from '../subject.ts';
import type { Membership } from './membership.ts';
import { PROBE_SOURCES } from './probe-sources.ts';

/** What the proxies need for themselves wherever their pods are closed, as names need DNS. */
export interface MeshPlan {
  /** Rules of one policy for all pods of the namespace. */
  readonly wholeNamespace: (namespace: string, direction: Direction) => RuleSet | undefined;
  /** Rules in the workload's own policy. */
  readonly ownPolicy: (workload: Workload, direction: Direction) => RuleSet | undefined;
}

/** Decides where the control plane's ports, the proxies' metrics and the probes stand. */
export function planMesh(names: Names, membership: Membership, isolation: Isolation, report: Report): MeshPlan {
  const { cluster } = names;
  const { mesh } = membership;
  const isProxied = (workload: Workload): boolean =>
    membership.has(workload) === true && mesh.hasSidecar(workload, cluster.namespaces.get(workload.namespace));
  const shared = sharedRules(names, membership, report);
  const isWhole = (namespace: string, direction: Direction): boolean =>
    isolation.wholeNamespace(namespace, direction) &&
    membership.hasNamespace(namespace) === true &&
    (cluster.workloadsIn.get(namespace) ?? []).every((workload) => workload.hostNetwork || isProxied(workload));
  const byDirection = {
    Ingress: remembered((namespace: string) =>
      isWhole(namespace, 'Ingress') ? shared(namespace, 'Ingress') : undefined,
    ),
    Egress: remembered((namespace: string) => (isWhole(namespace, 'Egress') ? shared(namespace, 'Egress') : undefined)),
  };
  const whole = (namespace: string, direction: Direction): RuleSet | undefined =>
    nonEmpty(byDirection[direction](namespace) ?? new Map());
  return {
    wholeNamespace: whole,
    ownPolicy: (workload, direction) => {
      if (!isolation.closes(workload, direction) || membership.has(workload) !== true) return undefined;
      const rules: RuleSet = new Map();
      if (isProxied(workload) && whole(workload.namespace, direction) === undefined) {
        allowAll(rules, shared(workload.namespace, direction));
      }
      if (direction === 'Ingress' && mesh.name === 'istio-ambient' && !isProxied(workload)) {
        for (const cidr of PROBE_SOURCES) allow(rules, ipBlock(cidr, []), probesOf(workload), ['mesh: probes']);
      }
      return nonEmpty(rules);
    },
  };
}

/** Of pods that nobody describes the probes are not known, so all TCP ports are open to the node, as without policies. */
function probesOf({ probePorts }: Workload): PortSet {
  if (probePorts === undefined) return [{ protocol: 'TCP', port: 1, endPort: 65535 }];
  return tcp(probePorts);
}

/** What every proxy needs, seen from a policy of a namespace. */
function sharedRules(
  names: Names,
  { mesh, said }: Membership,
  report: Report,
): (viewer: string, direction: Direction) => RuleSet {
  const place = { ...names.cluster.config.place, field: 'spec.mesh.metrics' };
  const speaker = { resource: undefined, namespace: '', writtenBy: 'config' } as const;
  const scrapers = said.metrics.flatMap((item) => resolveItem(item, speaker, names, place, report));
  const controlPlane = said.controlPlane ?? mesh.namespace;
  return (viewer, direction) => {
    const rules: RuleSet = new Map();
    if (direction === 'Ingress') {
      const peers = scrapers.flatMap(({ peer }) => peersOf(peer, viewer));
      for (const peer of peers) allow(rules, peer, tcp(mesh.metrics), ['mesh: metrics']);
      return rules;
    }
    for (const { podSelector, fromProxies } of mesh.controlPlane) {
      const peer = podsOf(controlPlane, podSelector, viewer);
      if (peer !== undefined) allow(rules, peer, tcp(fromProxies), ['mesh: control plane']);
    }
    return rules;
  };
}

function peersOf(peer: ResolvedPeer, viewer: string): readonly RulePeer[] {
  if (peer.kind === 'outside') return peer.peers;
  if (peer.kind === 'podSet') return [{ ...peer, kind: 'pods' }];
  return peer.workloads.flatMap((workload) => peerOfWorkload(workload, viewer) ?? []);
}

function tcp(ports: readonly number[]): PortSet {
  return portSet(ports.map((port) => ({ protocol: 'TCP', port, endPort: port })));
}

function nonEmpty(rules: RuleSet): RuleSet | undefined {
  return rules.size === 0 ? undefined : rules;
}
