import type { Cluster } from '../infer/cluster.ts';
import { formatItemPorts } from '../infer/door-item.ts';
import { nameOf } from '../infer/subject.ts';
import { defaultPorts, frontOf } from '../infer/target-ports.ts';
import type { Sureness } from '../model/plan.ts';
import type { PortSet } from '../model/port.ts';
import type { Workload } from '../model/workload.ts';
import { union } from '../policy/port-set.ts';
import type { End, Revealed } from './revealed.ts';

/** All that was revealed between two ends. */
export interface Connection {
  readonly source: End;
  readonly target: End;
  /** What is called the same in a list: `api.stripe.com` and `api.github.com` of `internet:443`. */
  readonly targetNames: readonly string[];
  /** Of each workload of the target; empty where it declares none and none were named. */
  readonly ports: ReadonlyMap<Workload, PortSet>;
  readonly sureness: Sureness;
  readonly seen: readonly string[];
}

const ORDER: readonly Sureness[] = ['certain', 'likely', 'guess'];

/** One connection for each pair of ends, in the order in which they were revealed. A guess adds nothing to what is known. */
export function gatherConnections(revealed: readonly Revealed[], cluster: Cluster): Connection[] {
  const groups = new Map<string, Revealed[]>();
  for (const one of revealed) {
    const key = `${keyOf(one.source)} > ${keyOf(one.target)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const known = group.filter(({ sureness }) => sureness !== 'guess');
    return join(known.length > 0 ? known : group, cluster);
  });
}

function join(group: readonly Revealed[], cluster: Cluster): Connection[] {
  const [first] = group;
  if (first === undefined) return [];
  const { source, target } = first;
  const ports = new Map<Workload, PortSet>();
  if (target.kind === 'pods') {
    for (const workload of target.workloads) {
      const declared = defaultPorts(frontOf(workload, target.service, cluster));
      const wanted = group.map((one) => one.ports.get(workload) ?? declared);
      ports.set(workload, wanted.reduce(union, []));
    }
  }
  return [
    {
      source,
      target,
      targetNames: [...new Set(group.map((one) => nameOfEnd(one.target)))],
      ports,
      sureness: ORDER.find((sureness) => group.some((one) => one.sureness === sureness)) ?? 'guess',
      seen: [...new Set(group.map(({ seen }) => seen))],
    },
  ];
}

/** How people call an end. */
export function nameOfEnd(end: End): string {
  return end.kind === 'outsider' ? end.name : nameOf(end.resource);
}

function keyOf(end: End): string {
  if (end.kind === 'outsider') return `${end.peer} ${end.ports === undefined ? '' : formatItemPorts(end.ports)}`;
  return `${nameOf(end.resource)} ${end.namespace}`;
}
