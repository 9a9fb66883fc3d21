import type { Endpoint } from '../../model/flow.ts';
import type { PortSet } from '../../model/port.ts';
import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { covers, isEmpty, union } from '../../policy/port-set.ts';
import { dnsServers } from '../dns.ts';
import { formatItemPorts } from '../door-item.ts';
import { ANYBODY, endpointOf } from '../endpoint.ts';
import { membersOf } from '../resolve-item.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** How many servers, and callers of each, are looked at: enough for a warning, whatever the input's size. */
const SERVERS_LOOKED_AT = 20;
const CALLERS_LOOKED_AT = 500;

/** DNS servers that Postern closes for ingress, although it opens the egress of others to them. */
export function warnDnsClosed(finished: Finished): void {
  const closed = serversClosed(finished);
  if (closed.size === 0) return;
  const callers = callersOf(finished, closed);
  for (const [server, ports] of [...closed].slice(0, SERVERS_LOOKED_AT)) {
    const isLetIn = (caller: Endpoint): boolean =>
      covers(finished.allowedAtEnd('Ingress', caller, endpointOf(finished.cluster, server)), ports);
    if (isLetIn(ANYBODY)) continue;
    const cut = callers.find((caller) => !isLetIn(endpointOf(finished.cluster, caller)));
    // A list that names each caller of the input is enough; where none is in the input, nothing tells who is named.
    if (cut !== undefined || callers.length === 0) reportDnsClosed(server, ports, cut, finished);
  }
}

/** The DNS servers in the input that Postern closes, with the ports that they answer on. */
function serversClosed({ cluster, names, isolation }: Finished): ReadonlyMap<Workload, PortSet> {
  const closed = new Map<Workload, PortSet>();
  // What is wrong in the config was said where the rules were made.
  for (const { peer, ports } of dnsServers(names, () => undefined)) {
    // Where every pod of a namespace may answer, nothing tells which of them are servers.
    const isTold = peer.kind !== 'podSet' || peer.podSelector.length > 0;
    if (isEmpty(ports) || !isTold) continue;
    for (const server of membersOf(cluster, peer, '')) {
      // Whether the policies of pods on their nodes' network are enforced is said elsewhere.
      if (server.hostNetwork || !isolation.closes(server, 'Ingress')) continue;
      closed.set(server, union(closed.get(server) ?? [], ports));
    }
  }
  return closed;
}

/** Some of those who resolve names. */
function callersOf({ cluster, dns }: Finished, servers: ReadonlyMap<Workload, PortSet>): readonly Workload[] {
  return cluster.workloads
    .filter((each) => !servers.has(each) && !each.hostNetwork && dns.refusedBy(each) === undefined)
    .slice(0, CALLERS_LOOKED_AT);
}

function reportDnsClosed(server: Workload, ports: PortSet, cut: Workload | undefined, finished: Finished): void {
  const { cluster, isolation, report } = finished;
  const prefix = server.origin === 'config' ? undefined : cluster.config.annotationPrefix;
  const list = prefix === undefined ? 'allowFrom' : `${prefix}allow-from`;
  // A list closes its direction, whatever `isolate` says.
  const none = isolation.hasList(server, 'Ingress') ? '' : `"none" in ${prefix ?? ''}isolate, or `;
  const items = formatItemPorts(ports);
  const message =
    `is a DNS server of the config, but closed for ingress, and does not let in ${cut === undefined ? 'everybody' : nameOf(cut.resource)} ` +
    `on ${items}: whoever is not let in resolves no names. Add "cluster:${items}" to ${list} of ${nameOf(server.resource)}; ` +
    `or leave it open: ${none}"${server.namespace}" in the config's exclude`;
  report({ ...placeOf(server.resource), code: 'dns-closed', severity: 'warning', message });
}
