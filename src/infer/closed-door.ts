import type { PortSet } from '../model/port.ts';
import type { Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { covers } from '../policy/port-set.ts';
import type { Cluster } from './cluster.ts';
import type { Spoken } from './connections.ts';
import { doorItem, formatPorts } from './door-item.ts';
import { nameOf, type Subject } from './subject.ts';
import { defaultPorts, frontOf } from './target-ports.ts';
import { isRefusal, type Voices } from './voice.ts';

/** A door that does not let somebody in who asks. */
export interface ClosedDoor {
  readonly ask: Spoken;
  readonly target: Workload;
  /** What stays closed of the ports that were asked for. */
  readonly ports: PortSet;
  /** Whether the lists let it in, so that some policy denies it. */
  readonly isGranted: boolean;
}

interface Scene {
  readonly cluster: Cluster;
  readonly voices: Voices;
  readonly report: Report;
}

/** Reports the error, with what would open the door and where to say it. */
export function reportClosedDoor({ ask, target, ports, isGranted }: ClosedDoor, scene: Scene): void {
  const { cluster, report } = scene;
  const { peer, list, item, subject } = ask;
  const aliases = cluster.config.peers.map(({ name }) => name);
  const keeper = keeperOf(peer, target, ports, scene);
  // An item without ports means those of the object that keeps it, which may be others than were asked for.
  const meant = defaultPortsOf(keeper, target, cluster);
  const isMeant = !ask.portsWritten && covers(meant, ports) && covers(ports, meant);
  const add = doorItem(subject, target, isMeant ? undefined : ports, aliases);
  const how = isGranted
    ? 'a policy that others wrote denies what the lists allow, so change that'
    : add === undefined
      ? 'give the callers a namespace, or say it in the config: no item can name pods without one'
      : `add "${add}" to ${placeToAdd(keeper, cluster)}`;
  const what = ask.portsWritten ? ` on ${formatPorts(ports)}` : '';
  report({
    ...list.place,
    code: 'closed-door',
    severity: 'error',
    message: `must be let in by ${doorName(peer, target)}, which is closed to ${nameOf(subject.resource)}${what}, got "${item.text}": ${how}`,
    got: item.text,
  });
}

/** `Deployment/shop/cart`; one of several workloads behind a Service with that Service. */
function doorName({ resource, workloads }: Spoken['peer'], target: Workload): string {
  return workloads.length > 1 ? `${nameOf(target.resource)}, behind ${nameOf(resource)}` : nameOf(resource);
}

/** Who would let somebody in: the object that keeps a list about these ports already, else the one that was named. */
function keeperOf(
  { resource }: Spoken['peer'],
  target: Workload,
  ports: PortSet,
  { cluster, voices }: Scene,
): Resource {
  const kept = voices.voices
    .filter(({ subject, list }) => list.direction === 'Ingress' && !isRefusal(list) && speaksFor(subject, target))
    .map(({ subject }) => subject.resource);
  if (kept.includes(resource)) return resource;
  return kept.find((keeper) => covers(defaultPortsOf(keeper, target, cluster), ports)) ?? resource;
}

function defaultPortsOf(keeper: Resource, workload: Workload, cluster: Cluster): PortSet {
  return defaultPorts(frontOf(workload, cluster.groupOf.get(keeper)?.service, cluster));
}

function placeToAdd(keeper: Resource, { config }: Cluster): string {
  if (keeper.source.item < 0) return `allowFrom of the entry "${keeper.name}" in the config's pods`;
  return `${config.annotationPrefix}allow-from of ${nameOf(keeper)}`;
}

function speaksFor(subject: Subject, workload: Workload): boolean {
  return subject.kind === 'workloads' && subject.workloads.includes(workload);
}
