import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { Endpoint } from '../model/flow.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import { type Place, placeOf, type Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import type { ClosedBy } from './closed-by.ts';
import { type Cluster, namespaceLabels } from './cluster.ts';
import { endpointOf } from './endpoint.ts';
import type { Isolation } from './isolation.ts';
import { listNames } from './list-names.ts';
import { placeOfSetting } from './place-of-setting.ts';

/** What is declared, and a reader of the policies that are really there. */
export interface Declared {
  readonly cluster: Cluster;
  readonly isolation: Isolation;
  readonly closedBy: ClosedBy;
  /** The policies of the input that isolate an endpoint in a direction. */
  readonly selecting: (direction: Direction, endpoint: Endpoint) => readonly NetworkPolicy[];
  readonly report: Report;
}

/** How much is declared isolated, in at least one direction. */
export interface DeclaredCount {
  readonly namespaces: number;
  readonly workloads: number;
}

/** Reports every namespace and workload that is declared isolated and that no policy of the input closes. */
export function reportOpen(declared: Declared): DeclaredCount {
  const { cluster, isolation } = declared;
  const names = new Set([...cluster.workloadsIn.keys(), ...cluster.namespaces.keys(), ...cluster.config.namespaces]);
  const namespaces = [...names].filter((name) => DIRECTIONS.some((way) => isolation.namespaceCloses(name, way)));
  const workloads = cluster.workloads.filter((workload) => DIRECTIONS.some((way) => isolation.closes(workload, way)));
  const bare = new Map(namespaces.map((name) => [name, openWays(declared, name)]));
  for (const [name, ways] of bare) if (ways.length > 0) reportNamespace(declared, name, ways);
  for (const workload of workloads) {
    const ways = DIRECTIONS.filter(
      (way) => isOpen(declared, workload, way) && !bare.get(workload.namespace)?.includes(way),
    );
    if (ways.length > 0) reportWorkload(declared, workload, ways);
  }
  return { namespaces: namespaces.length, workloads: workloads.length };
}

/** Directions that the namespace closes as a whole, and in which no policy closes even a pod without labels. */
function openWays({ cluster, isolation, selecting }: Declared, namespace: string): readonly Direction[] {
  const labels = namespaceLabels(cluster, namespace);
  const anyPod: Endpoint = { kind: 'pod', namespace, labels: {}, namespaceLabels: labels, ports: [] };
  return DIRECTIONS.filter((way) => isolation.wholeNamespace(namespace, way) && selecting(way, anyPod).length === 0);
}

function isOpen({ cluster, isolation, selecting }: Declared, workload: Workload, way: Direction): boolean {
  return isolation.closes(workload, way) && selecting(way, endpointOf(cluster, workload)).length === 0;
}

function reportNamespace(declared: Declared, namespace: string, ways: readonly Direction[]): void {
  const { cluster, closedBy, report } = declared;
  const resource = cluster.namespaces.get(namespace);
  const place: Place =
    resource === undefined ? cluster.config.place : placeOfSetting(cluster.config, resource, 'isolate');
  const open = (cluster.workloadsIn.get(namespace) ?? []).filter((workload) =>
    ways.some((way) => isOpen(declared, workload, way)),
  );
  const pods = open.length === 0 ? '' : `, and ${listNames(open)} ${open.length === 1 ? 'is' : 'are'} open`;
  const [said] = closedBy.namespace(namespace, ways[0] ?? 'Ingress');
  const message =
    `must be closed for ${printWays(ways)}${because(said)}, but no NetworkPolicy of the input ` +
    `closes namespace "${namespace}"${pods}: ${ADVICE}`;
  report({ ...place, code: 'not-isolated', severity: 'error', message });
}

function reportWorkload(declared: Declared, workload: Workload, ways: readonly Direction[]): void {
  const { isolation, closedBy, report } = declared;
  const [way = 'Ingress'] = ways;
  const [said] = closedBy.workload(workload, way);
  const list = isolation.hasList(workload, way) ? `, as its ${way === 'Ingress' ? 'allow-from' : 'allow-to'} says` : '';
  const message =
    `must be closed for ${printWays(ways)}${said === undefined ? list : because(said)}, but no NetworkPolicy of the ` +
    `input selects its pods: ${ADVICE}`;
  report({ ...placeOf(workload.resource), code: 'not-isolated', severity: 'error', message });
}

function because(said: string | undefined): string {
  return said === undefined ? '' : `, as "${said}" says`;
}

const ADVICE =
  'render with the function, which kustomize skips in silence without --enable-alpha-plugins and, for exec, --enable-exec';

function printWays(ways: readonly Direction[]): string {
  return ways.map((way) => way.toLowerCase()).join(' and ');
}
