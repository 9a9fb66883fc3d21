import type { Callers, GuardGrant } from '../../model/identity.ts';
import type { PortSet } from '../../model/port.ts';
import type { Workload } from '../../model/workload.ts';
import type { RulePeer } from '../../policy/peer.ts';
import { covers, isEmpty, portSet, subtract } from '../../policy/port-set.ts';
import { portsOfRule } from '../../policy/ports-of-rule.ts';
import { allowing } from '../../policy/rules-of.ts';
import type { Cluster } from '../cluster.ts';
import type { Connections } from '../connections.ts';
import type { Isolation } from '../isolation.ts';
import type { Membership } from '../mesh/membership.ts';
import { policyFinds } from '../policy-finds.ts';
import type { Refusals } from '../refusals.ts';

/** What guards are found in. */
export interface GuardScene {
  readonly cluster: Cluster;
  readonly connections: Connections;
  readonly isolation: Isolation;
  readonly refusals: Refusals;
  readonly membership: Membership;
  readonly callersOf: (peer: RulePeer, viewer: string) => Callers;
}

interface Allowed {
  readonly peer: RulePeer;
  readonly ports: PortSet;
  readonly origins: Iterable<string>;
}

/** Who may connect to a closed workload, on which ports: by its own rules, its namespace's, and those of other people. */
export function grantsOf(workload: Workload, scene: GuardScene): { grants: GuardGrant[]; origins: string[] } {
  const { membership } = scene;
  const origins = new Set<string>();
  const grants = [...generated(workload, scene), ...handWritten(workload, scene)].flatMap((allowed) => {
    const ports = withoutProxy(allowed.ports, workload, membership);
    if (isEmpty(ports)) return [];
    for (const origin of allowed.origins) if (!origin.startsWith('mesh: ')) origins.add(origin);
    return [{ ports, callers: scene.callersOf(allowed.peer, workload.namespace) }];
  });
  return { grants, origins: [...origins].sort() };
}

function generated(workload: Workload, { connections, isolation, refusals }: GuardScene): Allowed[] {
  const { namespace } = workload;
  const own = connections.workloads.get(workload)?.Ingress;
  const isShared = isolation.wholeNamespace(namespace, 'Ingress') && !refusals.leftOut(workload, 'Ingress');
  const shared = isShared ? connections.namespaces.get(namespace)?.Ingress : undefined;
  return [...(own?.values() ?? []), ...(shared?.values() ?? [])];
}

/** Policies only add, so what people wrote beside the generated ones is allowed too. */
function handWritten(workload: Workload, { cluster }: GuardScene): Allowed[] {
  return cluster.handWritten
    .filter((policy) => policyFinds(policy, workload, cluster))
    .flatMap(({ ingress, name, namespace, foreign }) => {
      const origins = [[foreign?.kind ?? 'NetworkPolicy', namespace, name].filter(Boolean).join('/')];
      return allowing(ingress).flatMap((rule) => {
        const ports = portsOfRule(rule, workload.ports);
        const peers = rule.peers === 'all' ? (['all'] as const) : rule.peers;
        return peers.map((peer) => ({ peer, ports, origins }));
      });
    });
}

const ALL_TCP: PortSet = [{ protocol: 'TCP', port: 1, endPort: 65535 }];

/** The proxy's own ports carry the others, and are nothing of the application. All ports stay all, which can be said. */
function withoutProxy(ports: PortSet, workload: Workload, { mesh, profile }: Membership): PortSet {
  if (covers(ports, ALL_TCP)) return ports;
  const own = [...mesh.proxyPorts, profile(workload).inbound].filter((port) => port > 0);
  return subtract(ports, portSet(own.map((port) => ({ protocol: 'TCP', port, endPort: port }))));
}
