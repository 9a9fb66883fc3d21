import type { Guard } from '../../model/identity.ts';
import type { PortSet } from '../../model/port.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { hasPort, subtract } from '../../policy/port-set.ts';
import { listNames } from '../list-names.ts';
import type { GuardScene } from './guard-grants.ts';
import { inOrder } from './in-order.ts';

type Guarded = readonly { readonly workload: Workload; readonly guard: Guard }[];

/** Says where the mesh cannot be as exact as what was declared. */
export function warnOfGuards(guarded: Guarded, scene: GuardScene, report: Report): void {
  warnSharedAccounts(guarded, scene, report);
  if (scene.cluster.config.identity?.name === 'linkerd') {
    warnUndeclaredPorts(guarded, report);
    noteUnauthenticated(guarded, scene, report);
  }
}

/** Identities are those of service accounts, which several workloads may have in common. */
function warnSharedAccounts(guarded: Guarded, { cluster, membership }: GuardScene, report: Report): void {
  const named = new Set(
    guarded.flatMap(({ guard }) => guard.grants.flatMap(({ callers }) => callers.accounts.map(keyOf))),
  );
  const users = new Map<string, Workload[]>();
  for (const workload of inOrder(cluster.workloads)) {
    const { serviceAccount, namespace } = workload;
    if (serviceAccount === undefined || membership.has(workload) === false) continue;
    const key = keyOf({ namespace, name: serviceAccount });
    if (named.has(key)) users.set(key, [...(users.get(key) ?? []), workload]);
  }
  for (const [key, workloads] of users) {
    const [first] = workloads;
    if (first === undefined || workloads.length < 2) continue;
    const message =
      `has the service account "${key}" in common with others, so the mesh cannot tell ${listNames(workloads)} apart: ` +
      'who lets one of them in lets in all, as far as addresses allow it. Give each a serviceAccountName of its own';
    report({ ...placeOf(first.resource), code: 'shared-account', severity: 'warning', message });
  }
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}

/** A Server stands for a port that some container declares. */
function warnUndeclaredPorts(guarded: Guarded, report: Report): void {
  for (const { workload, guard } of guarded) {
    const declared = workload.ports.map(({ protocol, port }) => ({ protocol, port, endPort: port }));
    const stray = guard.grants.flatMap(({ ports }) => singles(ports === 'all' ? [] : subtract(ports, declared)));
    if (stray.length === 0) continue;
    const message =
      `must declare ${[...new Set(stray)].join(', ')} in the containerPorts of its pods: Linkerd authorizes declared ports ` +
      'only, so there its default policy stands';
    report({ ...placeOf(workload.resource), code: 'unguarded-port', severity: 'warning', message });
  }
}

function singles(ports: PortSet): number[] {
  if (ports === 'all') return [];
  return ports.filter(({ protocol, port, endPort }) => protocol === 'TCP' && port === endPort).map(({ port }) => port);
}

/** Linkerd cannot ask for callers without an identity, so their addresses let in everybody who has them. */
function noteUnauthenticated(guarded: Guarded, { cluster }: GuardScene, report: Report): void {
  const loose = guarded.flatMap(({ workload, guard }) =>
    guard.ports
      .filter(({ port }) =>
        guard.grants.some(({ ports, callers }) => callers.unmeshed && !callers.everyone && hasPort(ports, 'TCP', port)),
      )
      .map(({ port }) => `${workload.resource.name}:${port}`),
  );
  if (loose.length === 0) return;
  const shown = loose.slice(0, 5).join(', ');
  const message =
    `authorizes by address on ${shown}${loose.length > 5 ? ` and ${loose.length - 5} more` : ''}, where some callers have ` +
    'no proxy, or nothing says that they have one: there a meshed caller of another port gets in too. Name them in ' +
    '"meshed" of the config\'s mesh if they have one';
  const place = { ...cluster.config.place, field: 'spec.identity' };
  report({ ...place, code: 'authorized-by-address', severity: 'info', message });
}
