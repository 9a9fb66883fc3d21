import type { Guard } from '../../model/identity.ts';
import type { LinkerdServer } from '../../model/linkerd-server.ts';
import { MARK } from '../../model/mark.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { StringMap } from '../../model/resource.ts';
import type { Workload } from '../../model/workload.ts';
import { hasPort } from '../../policy/port-set.ts';
import { canonicalSelector } from '../../policy/selector.ts';
import { waypointOf } from '../mesh/waypoint.ts';
import { nameOf } from '../subject.ts';
import { callersFinder } from './callers.ts';
import { claimedPorts, othersFound } from './claimed-ports.ts';
import { type GuardScene, grantsOf } from './guard-grants.ts';
import { inOrder } from './in-order.ts';
import { isOpaque } from './opaque-ports.ts';
import { warnOfGuards } from './warn-of-guards.ts';

/**
 * What the proxies of closed workloads are to let in. Workloads that stay open, and those of which nothing says that
 * they are meshed, get no guard, so nothing is closed that nobody asked to close.
 */
export function planGuards(
  found: Omit<GuardScene, 'callersOf'>,
  servers: readonly LinkerdServer[],
  report: Report,
): Guard[] {
  const { cluster, isolation, membership } = found;
  const scene = { ...found, callersOf: callersFinder(membership, cluster) };
  const { identity } = cluster.config;
  if (identity === undefined) return [];
  const guarded = inOrder(cluster.workloads).filter(
    (workload) =>
      isolation.closes(workload, 'Ingress') && membership.has(workload) === true && canGuard(workload, scene, report),
  );
  const others = servers.filter(
    ({ resource }) => resource.annotations[MARK]?.startsWith(`${cluster.config.owner}/`) !== true,
  );
  const claims =
    identity.name === 'linkerd' ? claimedPorts(guarded, others, { cluster, membership, report }) : new Map();
  const guards = guarded.map((workload) => ({ workload, guard: guardOf(workload, scene, claims) }));
  warnOfGuards(guards, scene, report);
  return guards.map(({ guard }) => guard);
}

function guardOf(workload: Workload, scene: GuardScene, claims: ReadonlyMap<Workload, ReadonlySet<number>>): Guard {
  const { cluster, membership } = scene;
  const { resource, namespace, selector } = workload;
  const { direct } = membership.profile(workload);
  const services = cluster.servicesOf.get(workload) ?? [];
  const ports = new Set(workload.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port));
  return {
    resource,
    namespace,
    writtenNamespace: resource.namespace,
    selector: canonicalSelector(selector),
    labels: labelsOf(workload),
    ports: [...ports]
      .filter((port) => !hasPort(direct, 'TCP', port) && claims.get(workload)?.has(port) !== true)
      .sort((a, b) => a - b)
      .map((port) => ({ port, opaque: isOpaque(port, workload, services, cluster.namespaces.get(namespace)) })),
    ...grantsOf(workload, scene),
  };
}

/** The selector where it only wants labels; else all labels of a template, which its pods have. */
function labelsOf({ selector, labels, origin }: Workload): StringMap | undefined {
  const plain = selector.flatMap(({ key, operator, values: [value] }) =>
    operator === 'In' && value !== undefined ? [[key, value] as const] : [],
  );
  const isPlain = plain.length === selector.length && selector.every(({ values }) => values.length === 1);
  if (isPlain) return Object.fromEntries(plain);
  return origin === 'template' && Object.keys(labels).length > 0 ? labels : undefined;
}

function canGuard(workload: Workload, scene: GuardScene, report: Report): boolean {
  const why = whyNot(workload, scene);
  if (why === undefined) return true;
  const message = `gets no authorization policy of the mesh, so its ports are closed to addresses only: ${why}`;
  report({ ...placeOf(workload.resource), code: 'not-guarded', severity: 'warning', message });
  return false;
}

function whyNot(workload: Workload, scene: GuardScene): string | undefined {
  if (workload.selector.length === 0) return 'no label tells its pods from others';
  if (workload.namespace === '') return "identities have a namespace: write it, or say the config's namespace";
  return scene.cluster.config.identity?.name === 'istio' ? whyNotByIstio(workload, scene) : undefined;
}

/** Istio's policies close whatever pods they select. */
function whyNotByIstio(workload: Workload, { cluster, isolation, membership }: GuardScene): string | undefined {
  if (labelsOf(workload) === undefined) return 'Istio selects pods by labels alone, and its selector asks for more';
  const open = othersFound(workload, cluster, membership).find((other) => !isolation.closes(other, 'Ingress'));
  if (open !== undefined) return `its selector finds the pods of ${nameOf(open.resource)} too, which stay open`;
  if (membership.mesh.name !== 'istio-ambient') return undefined;
  const waypoint = waypointOf(workload, cluster);
  return (
    waypoint && `its callers come through the waypoint "${waypoint.name}", where their identities have to be judged`
  );
}
