import type { Direction } from '../model/direction.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { isRefusal, type Voice } from './voice.ts';

/** Who said `none`. */
export interface Refusals {
  /** Nobody said it about ingress, which most often spares a look at every ask. */
  readonly noneForIngress: boolean;
  /** The workload itself said it. */
  readonly workload: (workload: Workload, direction: Direction) => boolean;
  /** The object with this resource said it: a workload or a Service. */
  readonly object: (resource: Resource, direction: Direction) => boolean;
  /** The workload or a Service in front of it said it, so lists of the namespace and of `always` leave it out. */
  readonly leftOut: (workload: Workload, direction: Direction) => boolean;
  /** Some workload of the namespace is left out, so no policy for all of its pods may hold those lists. */
  readonly leavesOutSome: (namespace: string, direction: Direction) => boolean;
  /** The namespace said it, so `always` leaves it out. */
  readonly namespace: (namespace: string, direction: Direction) => boolean;
}

/** Collects the refusals among all lists. */
export function findRefusals(voices: readonly Voice[]): Refusals {
  const objects = { Ingress: new Set<Resource>(), Egress: new Set<Resource>() };
  const leftOut = { Ingress: new Set<Workload>(), Egress: new Set<Workload>() };
  const namespaces = { Ingress: new Set<string>(), Egress: new Set<string>() };
  for (const { subject, list } of voices.filter((voice) => isRefusal(voice.list))) {
    if (subject.kind === 'namespace') namespaces[list.direction].add(subject.namespace);
    else {
      objects[list.direction].add(subject.resource);
      for (const workload of subject.workloads) leftOut[list.direction].add(workload);
    }
  }
  const namespacesOf = (workloads: ReadonlySet<Workload>): ReadonlySet<string> =>
    new Set([...workloads].map(({ namespace }) => namespace));
  const namespacesOfLeftOut = { Ingress: namespacesOf(leftOut.Ingress), Egress: namespacesOf(leftOut.Egress) };
  return {
    noneForIngress: objects.Ingress.size === 0,
    workload: (workload, direction) => objects[direction].has(workload.resource),
    object: (resource, direction) => objects[direction].has(resource),
    leftOut: (workload, direction) => leftOut[direction].has(workload),
    leavesOutSome: (namespace, direction) => namespacesOfLeftOut[direction].has(namespace),
    namespace: (namespace, direction) => namespaces[direction].has(namespace),
  };
}
