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
  const workloads = ends.filter(({ kind }) => kind === 'workload');
  const hosts = ends.filter(({ kind }) => kind === 'host');
  const places = [...groupBy(pods, ({ namespace }) => namespace)];
  const nameParts = (has: Has, members: ReadonlySet<End>): readonly string[] => [
    ...namePods({ pods, workloads, places }, has),
    ...nameHosts(hosts, has),
    ...nameAddresses(addresses, members),
  ];
  return (given) => {
    const members = new Set(given);
    if (ends.length > 1 && ends.every((end) => members.has(end))) return ['anywhere'];
    const names = nameParts((end) => members.has(end), members);
    if (names.length <= LONG) return names;
    const missing = new Set(ends.filter((end) => !members.has(end)));
    const exceptions = nameParts((end) => missing.has(end), missing);
    return exceptions.length > FEW ? names : [`anywhere except ${exceptions.join(' and ')}`];
  };
}

function isPod({ kind }: End): boolean {
  return kind === 'workload' || kind === 'absent' || kind === 'others';
}

type Has = (end: End) => boolean;
type Places = readonly (readonly [namespace: string | undefined, ends: readonly End[]])[];

interface Wholes {
  readonly pods: readonly End[];
  readonly workloads: readonly End[];
  readonly places: Places;
}

function namePods({ pods, workloads, places }: Wholes, has: Has): readonly string[] {
  if (pods.length > 2 && pods.every(has)) return ['cluster'];
  const isOthers = pods.every((end) => end.kind === 'workload' || !has(end));
  if (isOthers && workloads.length > 2 && workloads.every(has)) return ['every workload'];
  if (pods.length > 2 && isAlmostAll(pods, has)) return [butFor('cluster', pods, has, ({ name }) => name)];
  return places
    .flatMap(([namespace, ends]) => {
      if (namespace === undefined || namespace === '') return ends.filter(has).map(({ name }) => name);
      const local = ({ name }: End): string => name.slice(namespace.length + 1);
      if (ends.length > 1 && isAlmostAll(ends, has)) return [butFor(`${namespace}/*`, ends, has, local)];
      return ends.filter(has).map(({ name }) => name);
    })
    .sort();
}

function isAlmostAll(ends: readonly End[], has: Has): boolean {
  const missing = ends.filter((end) => !has(end)).length;
  return missing === 0 || (missing <= FEW && ends.length - missing >= missing * MANY);
}

function butFor(whole: string, ends: readonly End[], has: Has, name: (end: End) => string): string {
  const missing = ends.filter((end) => !has(end)).map(name);
  return missing.length === 0 ? whole : `${whole} except ${missing.sort().join(' and ')}`;
}

function nameHosts(hosts: readonly End[], has: Has): readonly string[] {
  if (hosts.length > 1 && hosts.every(has)) return ['host-network pods'];
  return hosts.filter(has).map(({ name }) => name);
}

function nameAddresses({ ends, nameAll }: AddressEnds, members: ReadonlySet<End>): readonly string[] {
  const found = new Set(ends.filter((end) => members.has(end)));
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
