import { endpointOf } from '../infer/endpoint.ts';
import { listNames } from '../infer/list-names.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import { placeOf } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { allowing } from '../policy/rules-of.ts';
import { opening } from '../reach/index-policies.ts';
import type { Lint } from './lint.ts';

/** Hosts that pods may reach by name, while Cilium reads none of the answers that tell it their addresses. */
export const lintUnlearntHosts: Lint = ({ cluster, index, report }) => {
  const found = new Map<NetworkPolicy, Workload[]>();
  for (const workload of cluster.workloads) {
    if (workload.hostNetwork || !index.apis.has('cilium')) continue;
    const policies = opening(index, 'Egress', endpointOf(cluster, workload));
    const naming = policies.find(namesHosts);
    if (naming === undefined || policies.some(learnsNames)) continue;
    found.set(naming, [...(found.get(naming) ?? []), workload]);
  }
  for (const [{ resource }, workloads] of found) {
    if (resource === undefined) continue;
    const message =
      `allows hosts by name, whose addresses Cilium learns from DNS answers, and no policy of ${listNames(workloads)} has ` +
      'it read them: add a rule for the DNS server with "rules: {dns: [{matchPattern: "*"}]}"';
    report({ ...placeOf(resource), code: 'unlearnt-hosts', severity: 'warning', message });
  }
};

function namesHosts({ egress }: NetworkPolicy): boolean {
  return allowing(egress).some(({ peers }) => peers !== 'all' && peers.some(({ kind }) => kind === 'host'));
}

function learnsNames({ egress }: NetworkPolicy): boolean {
  return allowing(egress).some(({ requests }) => requests?.kind === 'look-ups');
}
