import type { PortSet } from '../model/port.ts';
import type { Place, Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { intersect, isEmpty, subtract, unionAll } from '../policy/port-set.ts';
import type { Cluster } from './cluster.ts';
import type { Refusals } from './refusals.ts';
import type { ObjectPeer } from './resolved.ts';
import { nameOf } from './subject.ts';
import { defaultPorts } from './target-ports.ts';

/** An ask on its way, and what its problem shows. */
export interface Ask {
  readonly peer: ObjectPeer;
  /** Ports by the workload that listens. */
  readonly ports: ReadonlyMap<Workload, PortSet>;
  /** Whether the item says its ports, so that each of them is meant. */
  readonly portsWritten: boolean;
  readonly text: string;
  readonly place: Place;
}

/**
 * The ports of an ask without those that are refused to everybody: all of a workload that says `none`, those of a
 * Service that does. An ask that nothing is left of, or that names a refused port, is the error `refused`.
 */
export function hearRefusals(
  ask: Ask,
  cluster: Cluster,
  refusals: Refusals,
  report: Report,
): ReadonlyMap<Workload, PortSet> {
  if (refusals.noneForIngress) return ask.ports;
  const heard = new Map<Workload, PortSet>();
  const refusers = new Set<string>();
  for (const [target, wanted] of ask.ports) {
    const refusing = refusersOf(ask.peer, target, wanted, cluster, refusals);
    const refused = unionAll(refusing.map(({ ports }) => ports));
    const left = isEmpty(refused) ? wanted : subtract(wanted, refused);
    if (!isEmpty(left)) heard.set(target, left);
    if (isEmpty(left) || ask.portsWritten) for (const { name } of refusing) refusers.add(name);
  }
  if (refusers.size === 0) return heard;
  const message = `must not be "${ask.text}": ${[...refusers].sort().join(' and ')} refuses every caller with an allow-from that says "none"`;
  report({ ...ask.place, code: 'refused', severity: 'error', message, got: ask.text });
  return new Map();
}

interface Refuser {
  readonly name: string;
  readonly ports: PortSet;
}

/** Who refuses some of the wanted ports. A Service speaks for its own ports, unless another Service was named. */
function refusersOf(
  { resource, service }: ObjectPeer,
  workload: Workload,
  wanted: PortSet,
  { servicesOf }: Cluster,
  refusals: Refusals,
): Refuser[] {
  const named = [resource, workload.resource].find((object) => refusals.object(object, 'Ingress'));
  if (named !== undefined) return [{ name: nameOf(named), ports: 'all' }];
  if (service !== undefined) return [];
  return (servicesOf.get(workload) ?? [])
    .filter((front) => refusals.object(front.resource, 'Ingress'))
    .map((front) => ({
      name: nameOf(front.resource),
      ports: intersect(wanted, defaultPorts({ workload, services: [front], named: front })),
    }))
    .filter(({ ports }) => !isEmpty(ports));
}
