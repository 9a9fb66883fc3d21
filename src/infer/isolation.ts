import { DIRECTIONS, type Direction, type Isolate } from '../model/direction.ts';
import type { Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { closesDirection, subjectsOf } from '../policy/subjects-of.ts';
import { type Cluster, workloadsSelected } from './cluster.ts';
import { selectWorkloads } from './label-index.ts';
import { placeOfSetting } from './place-of-setting.ts';
import type { Voices } from './voice.ts';

/** What is closed, and by what. */
export interface Isolation {
  /** Directions that a namespace closes as a whole, whether or not a policy for the whole namespace may be written. */
  readonly namespaceCloses: (namespace: string, direction: Direction) => boolean;
  /** The namespace closes this direction and one policy for all of its pods may say so. */
  readonly wholeNamespace: (namespace: string, direction: Direction) => boolean;
  /** Postern closes this direction of the workload's pods. */
  readonly closes: (workload: Workload, direction: Direction) => boolean;
  /** Its own list, or a Service's in front of it, closes this direction. */
  readonly hasList: (workload: Workload, direction: Direction) => boolean;
  /** The workload stays open although its namespace closes: it asked to. */
  readonly exempt: (workload: Workload, direction: Direction) => boolean;
  /** Its pods are closed in this direction by any policy: its own, a neighbour's that selects them, a hand-written one. */
  readonly closed: (workload: Workload, direction: Direction) => boolean;
}

const CLOSES: Readonly<Record<Isolate, readonly Direction[]>> = {
  none: [],
  ingress: ['Ingress'],
  egress: ['Egress'],
  both: ['Ingress', 'Egress'],
};

/** Decides for each namespace and workload which directions are closed. Nothing is closed that nobody asked to close. */
export function decideIsolation(cluster: Cluster, voices: Voices, report: Report): Isolation {
  const namespaceClosed = namespacesClosed(cluster, voices, report);
  const listed = workloadsWithLists(cluster, voices);
  const namespaceCloses = (namespace: string, direction: Direction): boolean =>
    namespaceClosed.get(namespace)?.has(direction) ?? false;
  const wholeNamespace = (namespace: string, direction: Direction): boolean =>
    namespaceCloses(namespace, direction) &&
    (cluster.namespaces.has(namespace) || cluster.config.namespaces.includes(namespace));
  const closed = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
  const exempt = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
  for (const workload of cluster.workloads.filter(({ namespace }) => !isExcluded(cluster, namespace))) {
    const said = voices.settings.get(workload.resource)?.isolate;
    const own = said === undefined ? undefined : raised(said, cluster, workload.resource, report);
    for (const direction of DIRECTIONS) {
      // A Service's pods that are rendered elsewhere may be another team's: only their own namespace closes them.
      const closesBy = workload.origin === 'service' ? wholeNamespace : namespaceCloses;
      const byNamespace = closesBy(workload.namespace, direction);
      const asked = own === undefined ? byNamespace : own.has(direction);
      if (asked || listed[direction].has(workload)) closed[direction].add(workload);
      else if (wholeNamespace(workload.namespace, direction)) exempt[direction].add(workload);
    }
    if (said !== undefined) reportLowered(cluster, workload, said, exempt, listed, report);
  }
  const reached = closedByNeighbours(cluster, closed, exempt);
  return {
    namespaceCloses,
    wholeNamespace,
    closes: (workload, direction) => closed[direction].has(workload),
    hasList: (workload, direction) => listed[direction].has(workload),
    exempt: (workload, direction) => exempt[direction].has(workload),
    closed: (workload, direction) => closed[direction].has(workload) || reached[direction].has(workload),
  };
}

/** Namespaces that are never closed, whose word is not needed. */
export function isExcluded({ config }: Cluster, namespace: string): boolean {
  return config.exclude.includes(namespace);
}

type ByDirection<Value> = Readonly<Record<Direction, Value>>;

/** Directions that each namespace closes: by its lists, its annotation, else the config; never below the minimum. */
function namespacesClosed(cluster: Cluster, voices: Voices, report: Report): Map<string, ReadonlySet<Direction>> {
  const { config, namespaces, workloadsIn } = cluster;
  const names = new Set([...namespaces.keys(), ...workloadsIn.keys(), ...config.namespaces]);
  const listed = new Map<string, Direction[]>();
  for (const { subject, list } of voices.voices) {
    if (subject.kind !== 'namespace') continue;
    listed.set(subject.namespace, [...(listed.get(subject.namespace) ?? []), list.direction]);
  }
  const closed = new Map<string, ReadonlySet<Direction>>();
  for (const name of names) {
    if (isExcluded(cluster, name)) continue;
    const resource = namespaces.get(name);
    const said = resource === undefined ? undefined : voices.settings.get(resource)?.isolate;
    const asked =
      resource === undefined || said === undefined
        ? directionsOf(config.isolate ?? 'none', config.minimum.isolate)
        : raised(said, cluster, resource, report);
    closed.set(name, new Set([...asked, ...(listed.get(name) ?? [])]));
  }
  return closed;
}

/** Workloads that a list of their own, of a Service in front of them, or of an entry of `pods` closes. */
function workloadsWithLists(cluster: Cluster, { voices }: Voices): ByDirection<ReadonlySet<Workload>> {
  const listed = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
  for (const { subject, list } of voices) {
    if (subject.kind === 'namespace' || isExcluded(cluster, subject.namespace)) continue;
    for (const workload of subject.workloads) listed[list.direction].add(workload);
  }
  return listed;
}

/** What an `isolate` closes, lifted to the config's minimum, with a word about it. */
function raised(said: Isolate, { config }: Cluster, resource: Resource, report: Report): ReadonlySet<Direction> {
  const directions = directionsOf(said, config.minimum.isolate);
  if (directions.size > CLOSES[said].length) {
    report({
      ...placeOfSetting(config, resource, 'isolate'),
      code: 'below-minimum',
      severity: 'warning',
      message: `must not isolate less than the config's minimum "${config.minimum.isolate}", got "${said}": the minimum stands`,
      got: said,
      want: config.minimum.isolate,
    });
  }
  return directions;
}

function directionsOf(...isolates: readonly Isolate[]): ReadonlySet<Direction> {
  return new Set(isolates.flatMap((isolate) => CLOSES[isolate]));
}

/**
 * Pods that a policy of another subject selects too: a hand-written one, or that of a workload whose selector is wider
 * than its own pods.
 */
function closedByNeighbours(
  cluster: Cluster,
  closed: ByDirection<ReadonlySet<Workload>>,
  exempt: ByDirection<ReadonlySet<Workload>>,
): ByDirection<ReadonlySet<Workload>> {
  const reached = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
  const reach = (found: readonly Workload[], direction: Direction): void => {
    for (const workload of found) if (!exempt[direction].has(workload)) reached[direction].add(workload);
  };
  for (const policy of cluster.handWritten) {
    for (const direction of DIRECTIONS) {
      if (!closesDirection(policy, direction)) continue;
      for (const { namespaceSelector, podSelector } of subjectsOf(policy)) {
        reach(workloadsSelected(cluster, namespaceSelector, podSelector, policy.namespace), direction);
      }
    }
  }
  for (const workload of cluster.workloads) {
    const ways = DIRECTIONS.filter((direction) => closed[direction].has(workload));
    if (ways.length === 0 || workload.selector.length === 0) continue;
    const found = selectWorkloads(cluster.labelIndex, workload.namespace, workload.selector);
    // Most selectors find their own workload only, which is closed already.
    if (found.length === 1 && found[0] === workload) continue;
    for (const direction of ways) reach(found, direction);
  }
  return reached;
}

function reportLowered(
  { config }: Cluster,
  workload: Workload,
  said: Isolate,
  exempt: ByDirection<ReadonlySet<Workload>>,
  listed: ByDirection<ReadonlySet<Workload>>,
  report: Report,
): void {
  const place = placeOfSetting(config, workload.resource, 'isolate');
  const opened = DIRECTIONS.filter((direction) => exempt[direction].has(workload)).map((word) => word.toLowerCase());
  if (opened.length > 0) {
    const message = `stays open for ${opened.join(' and ')} although its namespace is isolated, because it says "${said}"`;
    report({ ...place, code: 'isolate-lowered', severity: 'info', message });
  }
  const closedByList = DIRECTIONS.filter(
    (direction) => listed[direction].has(workload) && !CLOSES[said].includes(direction),
  );
  if (closedByList.length > 0 && said === 'none') {
    const lists = closedByList.map((direction) => (direction === 'Ingress' ? 'allow-from' : 'allow-to'));
    const message = `must not say "none" beside ${lists.join(' and ')}, because a list closes its direction`;
    report({ ...place, code: 'isolate-beside-list', severity: 'warning', message });
  }
}
