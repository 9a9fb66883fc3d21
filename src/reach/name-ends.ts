import type { End } from '../model/end.ts';
import type { AddressEnds } from './address-ends.ts';

/** The names of a set of ends, in as few words as are true. */
export type NameEnds = (members: Iterable<End>) => readonly string[];

/** A set is said by what it lacks only where it has at least this many times as much. */
const MANY = 4;

/** Exceptions are read easily up to here. */
const FEW = 3;

/** Lists that are longer than this are said by what they lack, where that is short. */
const LONG = 4;

/**
 * Names sets of ends in the words of the lists: `anywhere`, `cluster`, `shop/*`, `internet`; `shop/* except web` where
 * little is missing; else one by one. What is a whole is told by `ends`, which are all there are.
 */
export function nameEnds(ends: readonly End[], addresses: AddressEnds): NameEnds {
  const pods = ends.filter(isPod);
  const wholes: Wholes = {
    pods,
    workloads: ends.filter(({ kind }) => kind === 'workload'),
    hosts: ends.filter(({ kind }) => kind === 'host'),
    places: groupBy(pods, ({ namespace }) => namespace),
  };
  // Looks at the members alone where it can: there may be many small sets of many ends.
  const nameParts = (members: ReadonlySet<End>): readonly string[] => [
    ...namePods(wholes, members),
    ...nameHosts(wholes, members),
    ...nameNamed(addresses, members),
    ...nameAddresses(addresses, members),
  ];
  return (given) => {
    const members = new Set(given);
    if (ends.length > 1 && members.size === ends.length) return ['anywhere'];
    const names = nameParts(members);
    if (names.length <= LONG) return names;
    const exceptions = nameParts(new Set(ends.filter((end) => !members.has(end))));
    return exceptions.length > FEW ? names : [`anywhere except ${exceptions.join(' and ')}`];
  };
}

function isPod({ kind }: End): boolean {
  return kind === 'workload' || kind === 'absent' || kind === 'others';
}

/** The sets that have a name. */
interface Wholes {
  readonly pods: readonly End[];
  readonly workloads: readonly End[];
  readonly hosts: readonly End[];
  readonly places: ReadonlyMap<string | undefined, readonly End[]>;
}

function namePods({ pods, workloads, places }: Wholes, members: ReadonlySet<End>): readonly string[] {
  const found = [...members].filter(isPod);
  if (pods.length > 2 && found.length === pods.length) return ['cluster'];
  const isOnlyWorkloads = found.every(({ kind }) => kind === 'workload');
  if (isOnlyWorkloads && workloads.length > 2 && found.length === workloads.length) return ['every workload'];
  if (pods.length > 2 && isAlmostAll(found, pods)) return [butFor('cluster', pods, members, ({ name }) => name)];
  return [...groupBy(found, ({ namespace }) => namespace)]
    .flatMap(([namespace, here]) => {
      const all = places.get(namespace) ?? here;
      const isNamed = namespace !== undefined && namespace !== '';
      if (!isNamed || all.length < 2 || !isAlmostAll(here, all)) return here.map(({ name }) => name);
      return [butFor(`${namespace}/*`, all, members, ({ name }) => name.slice(namespace.length + 1))];
    })
    .sort();
}

function isAlmostAll(found: readonly End[], all: readonly End[]): boolean {
  const missing = all.length - found.length;
  return missing === 0 || (missing <= FEW && found.length >= missing * MANY);
}

function butFor(whole: string, ends: readonly End[], members: ReadonlySet<End>, name: (end: End) => string): string {
  const missing = ends.filter((end) => !members.has(end)).map(name);
  return missing.length === 0 ? whole : `${whole} except ${missing.sort().join(' and ')}`;
}

function nameHosts({ hosts }: Wholes, members: ReadonlySet<End>): readonly string[] {
  const found = [...members].filter(({ kind }) => kind === 'host');
  return hosts.length > 1 && found.length === hosts.length ? ['host-network pods'] : found.map(({ name }) => name);
}

/** A host is an address too, so it need not be said beside all of them. */
function nameNamed({ ends }: AddressEnds, members: ReadonlySet<End>): readonly string[] {
  const isCovered = ends.length > 0 && ends.every((end) => members.has(end)) ? isHost : () => false;
  return [...members].flatMap((end) => (end.kind === 'named' && !isCovered(end) ? [end.name] : []));
}

/** Whether an end is an address that has a name. */
export function isHost({ endpoint }: End): boolean {
  return endpoint.kind === 'named' && endpoint.peer.kind === 'host';
}

function nameAddresses({ nameAll }: AddressEnds, members: ReadonlySet<End>): readonly string[] {
  const found = new Set([...members].filter(({ kind }) => kind === 'addresses'));
  return found.size === 0 ? [] : nameAll(found);
}

function groupBy<Key>(ends: readonly End[], keyOf: (end: End) => Key): ReadonlyMap<Key, readonly End[]> {
  const groups = new Map<Key, End[]>();
  for (const end of ends) {
    const known = groups.get(keyOf(end));
    if (known === undefined) groups.set(keyOf(end), [end]);
    else known.push(end);
  }
  return groups;
}
