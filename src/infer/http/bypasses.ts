import type { NetworkPolicy } from '../../model/network-policy.ts';
import type { PlannedPolicy } from '../../model/planned-policy.ts';
import type { PortMatch } from '../../model/port.ts';
import type { Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { allowing } from '../../policy/rules-of.ts';
import type { Cluster } from '../cluster.ts';
import type { Membership } from '../mesh/membership.ts';
import { policyFinds } from '../policy-finds.ts';
import { nameOf } from '../subject.ts';
import type { HttpPlan } from './http-plan.ts';
import type { Restriction } from './restriction.ts';

/**
 * Reports what would cancel the requests of a workload: a policy that opens the same port of the same pods without
 * looking at requests, since policies only add, and a mesh, whose proxies hide the requests.
 */
export function reportBypasses(
  { all }: HttpPlan,
  cluster: Cluster,
  planned: readonly PlannedPolicy[],
  membership: Membership | undefined,
  report: Report,
): void {
  const written = planned.map(({ policy }) => policy);
  for (const [workload, restriction] of all) {
    const { place } = restriction;
    for (const policy of written.filter((one) => opens(one, workload, restriction, cluster))) {
      const message =
        `must not be cancelled by the policy "${policy.name}", which opens the same port of the same pods to any request: ` +
        `give the pods of ${nameOf(workload.resource)} a label of their own`;
      report({ ...place, code: 'http-cancelled', severity: 'error', message });
    }
    for (const policy of cluster.handWritten.filter((one) => opens(one, workload, restriction, cluster))) {
      const message =
        `is cancelled by the policy "${policy.name}" for those whom it lets in: ` +
        'it opens the same port of the same pods to any request, and policies only add';
      report({ ...place, code: 'http-beside-policy', severity: 'warning', message });
    }
    if (membership?.has(workload) === true) {
      const message =
        `must not be on pods of a mesh, got ${nameOf(workload.resource)}: its proxies carry requests where no policy ` +
        "of the network can read them, so say it in the mesh's own policies";
      report({ ...place, code: 'http-in-mesh', severity: 'error', message });
    }
  }
}

function opens(policy: NetworkPolicy, workload: Workload, { ports }: Restriction, cluster: Cluster): boolean {
  if (policy.ingress === undefined || !policyFinds(policy, workload, cluster)) return false;
  return allowing(policy.ingress)
    .filter(({ requests, only }) => requests === undefined && only === undefined)
    .some((rule) => rule.ports === 'all' || rule.ports.some((match) => [...ports.keys()].some(holds(match, workload))));
}

function holds(match: PortMatch, { ports }: Workload): (port: number) => boolean {
  if (match.protocol !== 'TCP') return () => false;
  if (!('name' in match)) return (port) => match.port <= port && port <= match.endPort;
  return (port) => ports.some((one) => one.name === match.name && one.port === port);
}
