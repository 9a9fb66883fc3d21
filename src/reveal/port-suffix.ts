import type { Cluster } from '../infer/cluster.ts';
import { formatItemPorts } from '../infer/door-item.ts';
import { defaultPorts, frontOf } from '../infer/target-ports.ts';
import type { PortSet } from '../model/port.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import { covers, isEmpty, unionAll } from '../policy/port-set.ts';

/**
 * The ports of an item about these workloads, with its colon: none where those are meant anyway. `named`: the Service
 * that the item, or the list, is about.
 */
export function portSuffix(
  wanted: ReadonlyMap<Workload, PortSet>,
  named: Service | undefined,
  cluster: Cluster,
): string {
  const sets = [...wanted.values()].filter((set) => !isEmpty(set));
  const [first] = sets;
  // Nobody says a port, so that an item without one would be an error.
  if (first === undefined) return ':*';
  const isMeant = [...wanted].every(([workload, set]) => same(set, defaultPorts(frontOf(workload, named, cluster))));
  if (isMeant) return '';
  if (sets.every((set) => same(set, first))) return `:${formatItemPorts(first)}`;
  return namesOf(wanted, named, cluster) ?? '';
}

/** One name may mean another number on each workload. */
function namesOf(
  wanted: ReadonlyMap<Workload, PortSet>,
  named: Service | undefined,
  cluster: Cluster,
): string | undefined {
  const names = (named?.ports ?? []).filter((entry) =>
    [...wanted].every(([workload, set]) => {
      const front = { ...frontOf(workload, undefined, cluster), named: { ...(named as Service), ports: [entry] } };
      return covers(set, defaultPorts(front));
    }),
  );
  const isAllNamed = names.length > 0 && names.every(({ name }) => name !== undefined);
  return isAllNamed ? `:${names.map(({ name }) => name).join('+')}` : undefined;
}

function same(left: PortSet, right: PortSet): boolean {
  return covers(left, right) && covers(right, left);
}

/** Every port that some workload is wanted on. */
export function anyPort(wanted: ReadonlyMap<Workload, PortSet>): PortSet {
  return unionAll(wanted.values());
}
