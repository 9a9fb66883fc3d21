import { DIRECTIONS, type Direction } from '../../model/direction.ts';
import type { NetworkPolicy } from '../../model/network-policy.ts';
import type { PortSet } from '../../model/port.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import type { RulePeer } from '../../policy/peer.ts';
import { covers, unionAll } from '../../policy/port-set.ts';
import { portsOfRule } from '../../policy/ports-of-rule.ts';
import { allowing, rulesOf } from '../../policy/rules-of.ts';
import { endpointOf } from '../endpoint.ts';
import type { Membership } from '../mesh/membership.ts';
import { proxyPorts } from '../mesh/open-proxy-ports.ts';
import { type PeerProxies, peerProxies } from '../mesh/peer-proxies.ts';
import { keyFor } from '../mesh/said-of-mesh.ts';
import type { Finished } from './warning.ts';

/** Policies of the input that let meshed pods through on the real ports only, and that no other policy makes up for. */
export function warnMeshedByHand(finished: Finished): void {
  const { cluster, membership, report } = finished;
  if (membership?.mesh.port === undefined || cluster.handWritten.length === 0) return;
  const proxiesOf = peerProxies(membership, cluster);
  const told = new Set<NetworkPolicy>();
  for (const workload of cluster.workloads.filter((each) => membership.has(each) === true)) {
    for (const policy of policiesThatMiss({ ...finished, membership }, workload, proxiesOf)) {
      if (policy.resource === undefined || told.has(policy)) continue;
      told.add(policy);
      const message =
        `lets pods of the ${membership.mesh.title} mesh through on the real ports only, such as ` +
        `${workload.resource.name}: their proxies connect on another, so meshed traffic is cut. Add TCP ` +
        `${membership.profile(workload).inbound} to its ports`;
      report({ ...placeOf(policy.resource), code: 'meshed-pods', severity: 'warning', message });
    }
  }
}

type Meshed = Finished & { readonly membership: Membership };

function policiesThatMiss(finished: Meshed, workload: Workload, proxiesOf: PeerProxies): NetworkPolicy[] {
  const { cluster, membership, opening } = finished;
  const { namespace } = workload;
  return DIRECTIONS.flatMap((direction) => {
    const policies = opening(direction, endpointOf(cluster, workload));
    const open = openByPeer(policies, direction, workload);
    return policies.filter((policy) =>
      peersOn(policy, direction, workload).some(({ peer, ports }) => {
        if (policy.resource === undefined) return false;
        const wanted = proxyPorts(direction, [membership.profile(workload)], proxiesOf(peer, namespace), ports);
        const given = [...(open.get(keyFor(peer, namespace)) ?? []), ...(open.get('all') ?? [])];
        return !covers(unionAll(given), wanted);
      }),
    );
  });
}

interface PeerPorts {
  readonly peer: RulePeer;
  readonly ports: PortSet;
}

function peersOn(policy: NetworkPolicy, direction: Direction, workload: Workload): PeerPorts[] {
  return allowing(rulesOf(policy, direction)).flatMap((rule) => {
    const ports = portsOfRule(rule, workload.ports);
    return (rule.peers === 'all' ? (['all'] as const) : rule.peers).map((peer) => ({ peer, ports }));
  });
}

function openByPeer(
  policies: readonly NetworkPolicy[],
  direction: Direction,
  workload: Workload,
): ReadonlyMap<string, readonly PortSet[]> {
  const open = new Map<string, PortSet[]>();
  for (const { peer, ports } of policies.flatMap((policy) => peersOn(policy, direction, workload))) {
    const key = keyFor(peer, workload.namespace);
    open.set(key, [...(open.get(key) ?? []), ports]);
  }
  return open;
}
