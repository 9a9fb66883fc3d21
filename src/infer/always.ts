import type { Item, ListDeclaration } from '../model/declaration.ts';
import { DIRECTIONS, type Direction } from '../model/direction.ts';
import type { Place } from '../model/problem.ts';
import { unwrittenResource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { connectVoice, type Scene } from './connect.ts';
import type { Subject } from './subject.ts';

/**
 * Adds what the config's `always` says for every isolated pod: once for a namespace that is closed as a whole, else for
 * each workload that Postern closes. Objects that say `none` are left out.
 */
export function connectAlways(scene: Scene): void {
  const { config } = scene.names.cluster;
  const lists = { Ingress: config.always.allowFrom, Egress: config.always.allowTo };
  for (const direction of DIRECTIONS) {
    const items = lists[direction];
    if (items.length === 0) continue;
    for (const subject of subjectsOf(direction, scene)) {
      connectVoice({ subject, list: alwaysList(subject, direction, items, config.place) }, scene);
    }
  }
}

function subjectsOf(direction: Direction, { names, isolation, refusals }: Scene): Subject[] {
  const { cluster } = names;
  const known = new Set([...cluster.workloadsIn.keys(), ...cluster.namespaces.keys(), ...cluster.config.namespaces]);
  return [...known].flatMap((namespace): Subject[] => {
    if (refusals.namespace(namespace, direction)) return [];
    if (isolation.wholeNamespace(namespace, direction)) {
      return [
        {
          kind: 'namespace',
          namespace,
          resource: cluster.namespaces.get(namespace) ?? unwrittenResource('Namespace', namespace, undefined),
        },
      ];
    }
    return (cluster.workloadsIn.get(namespace) ?? [])
      .filter((workload) => isolation.closes(workload, direction) && !refusals.leftOut(workload, direction))
      .map(each);
  });
}

function each(workload: Workload): Subject {
  const { resource, namespace } = workload;
  return { kind: 'each', resource, namespace, workloads: [workload] };
}

function alwaysList(subject: Subject, direction: Direction, items: readonly Item[], place: Place): ListDeclaration {
  const field = direction === 'Ingress' ? 'always.allowFrom' : 'always.allowTo';
  return { direction, items, subject: subject.resource, place: { ...place, field: `spec.${field}` }, origin: field };
}
