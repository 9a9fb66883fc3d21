import { endpointOf } from '../infer/endpoint.ts';
import { listNames } from '../infer/list-names.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import type { PortMatch } from '../model/port.ts';
import { placeOf } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { allowing } from '../policy/rules-of.ts';
import { opening, selecting } from '../reach/index-policies.ts';
import type { Lint } from './lint.ts';

const DNS_PORTS: readonly number[] = [53, 5353];

/**
 * Pods that may reach somebody, but not on UDP 53 (5353 on OpenShift): they resolve no names. Pods that may reach nobody
 * are meant to.
 */
export const lintMissingDns: Lint = ({ cluster, index, wantsNoDns, report }) => {
  const without = new Map<NetworkPolicy, Workload[]>();
  for (const workload of cluster.workloads) {
    if (workload.hostNetwork || wantsNoDns(workload)) continue;
    const endpoint = endpointOf(cluster, workload);
    const policies = opening(index, 'Egress', endpoint);
    if (policies.some(allowsDns) || !policies.some(allowsSome)) continue;
    const [first] = selecting(index, 'Egress', endpoint);
    if (first === undefined) continue;
    without.set(first, [...(without.get(first) ?? []), workload]);
  }
  for (const [{ resource }, workloads] of without) {
    if (resource === undefined) continue;
    const message =
      `isolates ${listNames(workloads)} for egress, and no policy lets ${workloads.length === 1 ? 'its' : 'their'} pods ` +
      'ask a DNS server (UDP and TCP 53): they resolve no names; add a rule, or say "none" with the dns annotation';
    report({ ...placeOf(resource), code: 'missing-dns', severity: 'warning', message });
  }
};

function allowsSome({ egress }: NetworkPolicy): boolean {
  return allowing(egress).length > 0;
}

function allowsDns({ egress }: NetworkPolicy): boolean {
  return allowing(egress).some(({ peers, ports }) => peers.length > 0 && (ports === 'all' || ports.some(isDns)));
}

function isDns(match: PortMatch): boolean {
  if (match.protocol !== 'UDP') return false;
  return 'name' in match || DNS_PORTS.some((port) => match.port <= port && port <= match.endPort);
}
