import type { LinkerdServer } from '../../model/linkerd-server.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { selects } from '../../policy/match-labels.ts';
import type { Cluster } from '../cluster.ts';
import { selectWorkloads } from '../label-index.ts';
import type { Membership } from '../mesh/membership.ts';
import { nameOf } from '../subject.ts';

type PortsOf = ReadonlyMap<Workload, ReadonlySet<number>>;

/**
 * Ports for which no Server of Linkerd may be written: one of the input claims them of the same pods, which Linkerd takes
 * once only; or a selector finds the pods of two workloads, and one Server would speak for both.
 */
export function claimedPorts(
  guarded: readonly Workload[],
  servers: readonly LinkerdServer[],
  {
    cluster,
    membership,
    report,
  }: { readonly cluster: Cluster; readonly membership: Membership; readonly report: Report },
): PortsOf {
  const claims = new Map<Workload, Set<number>>();
  const claim = (workload: Workload, ports: readonly number[], why: string): void => {
    const known = claims.get(workload) ?? new Set<number>();
    const added = ports.filter((port) => !known.has(port));
    if (added.length === 0) return;
    claims.set(workload, new Set([...known, ...added]));
    const message = `gets no Server of Linkerd for ${added.join(', ')}, because ${why}`;
    report({ ...placeOf(workload.resource), code: 'claimed-port', severity: 'warning', message });
  };
  for (const server of servers) {
    for (const workload of guarded.filter((each) => isFound(each, server))) {
      claim(workload, portsOf(server, workload), `${nameOf(server.resource)} claims it: who may connect is its to say`);
    }
  }
  const known = new Set(guarded);
  for (const workload of guarded) {
    for (const other of othersFound(workload, cluster, membership)) {
      const shared = sharedPorts(workload, other);
      claim(
        workload,
        shared,
        `its selector finds the pods of ${nameOf(other.resource)} too: give them a label that differs`,
      );
      if (!known.has(other)) continue;
      claim(
        other,
        shared,
        `the selector of ${nameOf(workload.resource)} finds its pods too: give them a label that differs`,
      );
    }
  }
  return claims;
}

/** Other workloads whose pods a selector finds, unless they have no proxy. */
export function othersFound(workload: Workload, { labelIndex }: Cluster, { has }: Membership): readonly Workload[] {
  const found = selectWorkloads(labelIndex, workload.namespace, workload.selector);
  return found.filter((other) => other !== workload && has(other) !== false);
}

function isFound({ namespace, labels }: Workload, server: LinkerdServer): boolean {
  return namespace === server.namespace && selects(server.podSelector, labels);
}

function portsOf({ port }: LinkerdServer, { ports }: Workload): number[] {
  const isMeant = (declared: Workload['ports'][number]): boolean => declared.port === port || declared.name === port;
  return ports.filter(isMeant).map((declared) => declared.port);
}

function sharedPorts({ ports }: Workload, other: Workload): number[] {
  const theirs = new Set(other.ports.map(({ port }) => port));
  return ports.filter(({ port, protocol }) => protocol === 'TCP' && theirs.has(port)).map(({ port }) => port);
}
