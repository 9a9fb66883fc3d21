import { DIRECTIONS, type Direction } from '../../model/direction.ts';
import type { NetworkPolicy } from '../../model/network-policy.ts';
import type { Workload } from '../../model/workload.ts';
import { covers } from '../../policy/port-set.ts';
import { allowing, rulesOf } from '../../policy/rules-of.ts';
import { ANYBODY, endpointOf } from '../endpoint.ts';
import { placeOfSetting } from '../place-of-setting.ts';
import type { Finished } from './warning.ts';

/**
 * Workloads that stay open in a closed namespace, whose pods somebody closed by hand: the policy that lets everything
 * through undoes the other one, since policies only add.
 */
export function warnIsolateBesidePolicies(finished: Finished): void {
  const { cluster, isolation } = finished;
  if (cluster.handWritten.length === 0) return;
  for (const workload of cluster.workloads) {
    for (const direction of DIRECTIONS) {
      if (!isolation.exempt(workload, direction)) continue;
      const undone = policiesUndone(workload, direction, finished);
      if (undone.length > 0) reportUndone(workload, direction, undone, finished);
    }
  }
}

/** The policies by hand that would close a direction of a workload's pods if Postern's did not open all of it. */
function policiesUndone(workload: Workload, direction: Direction, finished: Finished): readonly NetworkPolicy[] {
  const pods = endpointOf(finished.cluster, workload);
  const byHand = finished.selecting(direction, pods).filter(({ resource }) => resource !== undefined);
  if (byHand.length === 0 || byHand.some((policy) => opensAll(policy, direction))) return [];
  const [source, destination] = direction === 'Ingress' ? [ANYBODY, pods] : [pods, ANYBODY];
  // What an API with denials or an order decides first stays closed.
  return covers(finished.allowedAtEnd(direction, source, destination), 'all') ? byHand : [];
}

function opensAll(policy: NetworkPolicy, direction: Direction): boolean {
  return allowing(rulesOf(policy, direction)).some(
    ({ peers, ports, requests, only }) =>
      peers === 'all' && ports === 'all' && requests === undefined && only === undefined,
  );
}

function reportUndone(
  workload: Workload,
  direction: Direction,
  undone: readonly NetworkPolicy[],
  { cluster, voices, report }: Finished,
): void {
  const said = voices.settings.get(workload.resource)?.isolate;
  const way = direction.toLowerCase();
  const [annotation, field] = direction === 'Ingress' ? ['allow-from', 'allowFrom'] : ['allow-to', 'allowTo'];
  const list = workload.origin === 'config' ? field : cluster.config.annotationPrefix + annotation;
  const names = undone
    .map(({ name }) => `"${name}"`)
    .sort()
    .join(' and ');
  const message =
    `undoes ${undone.length === 1 ? 'the policy' : 'the policies'} ${names}, because it says "${said}": its pods get a policy ` +
    `that lets everything through for ${way}, and policies only add. Leave them isolated for ${way} as their namespace is: ` +
    `then ${list} says who may beside those whom ${names} ${undone.length === 1 ? 'allows' : 'allow'}`;
  const place = placeOfSetting(cluster.config, workload.resource, 'isolate');
  report({ ...place, code: 'isolate-beside-policy', severity: 'warning', message });
}
