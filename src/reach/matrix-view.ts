import { DIRECTIONS } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { EndView, MatrixRow, MatrixView } from '../model/matrix-view.ts';
import type { NetworkPolicy } from '../model/network-policy.ts';
import { kindOfPolicy } from '../policy/subjects-of.ts';
import type { AddressEnds } from './address-ends.ts';
import { type Asked, type ConnectionGroup, connectionTable, withoutStrangers } from './connection-table.ts';
import { type NameEnds, nameEnds } from './name-ends.ts';
import { meaningOf } from './named-ends.ts';
import { mergePlaces, placeTable } from './place-table.ts';
import type { ReachMap } from './reach-map.ts';
import { rowsOfMap } from './reach-rows.ts';

/** What a matrix is made of. `map` has the endpoints of `ends`, in their order. */
export interface Seen {
  readonly map: ReachMap;
  readonly ends: readonly End[];
  readonly addresses: AddressEnds;
  readonly policies: readonly NetworkPolicy[];
}

/** More lines than this are read by namespace first, where there are several. */
const MOST_ROWS = 80;
const FEWEST_PLACES = 4;

/** Describes who reaches whom. `asked`: pairs that are asked about, none of them twice. */
export function viewMatrix(seen: Seen, asked: readonly Asked[], detail: MatrixView['detail'] | 'auto'): MatrixView {
  const { map, ends, addresses } = seen;
  const table = connectionTable(rowsOfMap(map), ends);
  const views = viewEnds(seen);
  const isStranger = (end: End): boolean => STRANGERS.has(end.kind) && views.get(end)?.isolated.length === 0;
  const groups = asked.flatMap((one) => table(one)).flatMap((group) => withoutStrangers(group, isStranger));
  const name = nameEnds(ends, addresses);
  const chosen = detail === 'auto' ? chooseDetail(groups, ends) : detail;
  const rows = sortRows(rowsOf[chosen]({ groups, asked, name, ...seen }));
  const shown = ends.filter((end) => asked.some(({ source, destination }) => source(end) || destination(end)));
  return {
    rows,
    detail: chosen,
    policies: countKinds(seen.policies),
    ends: shown.map((end) => views.get(end) as EndView),
    open: openOf(shown, views, name),
    legend: legendOf(rows, seen, name),
    groups: (chosen === 'pairs' ? groups.flatMap(eachPair) : groups).map(namesOfGroup),
  };
}

/** One object may hold several policies. */
function countKinds(policies: readonly NetworkPolicy[]): MatrixView['policies'] {
  const objects = new Map(policies.map((policy) => [policy.resource ?? policy, kindOfPolicy(policy)]));
  const counts = new Map([['NetworkPolicy', 0]]);
  for (const kind of objects.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({ kind, count })).filter(({ count }) => count > 0 || counts.size === 1);
}

function namesOfGroup({ sources, destinations, ports }: ConnectionGroup): MatrixView['groups'][number] {
  const names = (ends: readonly End[]): readonly string[] => ends.map(({ name }) => name).sort();
  return { sources: names(sources), destinations: names(destinations), ports };
}

/** Pods and addresses of which the input has no object; a policy of the input may speak for them nevertheless. */
const STRANGERS: ReadonlySet<End['kind']> = new Set(['absent', 'others', 'addresses', 'named']);

function isWorkload({ kind }: Pick<End, 'kind'>): boolean {
  return kind === 'workload';
}

interface Telling extends Seen {
  readonly groups: readonly ConnectionGroup[];
  readonly asked: readonly Asked[];
  readonly name: NameEnds;
}

const rowsOf: Readonly<Record<MatrixView['detail'], (telling: Telling) => readonly MatrixRow[]>> = {
  merged: ({ groups, name }) => groups.map((group) => rowOf(group, name)),
  pairs: ({ groups, name }) => groups.flatMap(eachPair).map((pair) => rowOf(pair, name)),
  namespaces: rowsOfPlaces,
};

function chooseDetail(groups: readonly ConnectionGroup[], ends: readonly End[]): 'namespaces' | 'merged' {
  const places = new Set(ends.map(({ namespace }) => namespace));
  return groups.length > MOST_ROWS && places.size > FEWEST_PLACES ? 'namespaces' : 'merged';
}

function rowOf({ sources, destinations, ports }: ConnectionGroup, name: NameEnds): MatrixRow {
  return { sources: name(sources), destinations: name(destinations), ports, pairs: undefined };
}

/** Every pair of workloads; addresses that are alike stay together, since they are one outside. */
function eachPair({ sources, destinations, ports }: ConnectionGroup): readonly ConnectionGroup[] {
  const to = oneByOne(destinations);
  return oneByOne(sources).flatMap((source) =>
    to.map((destination) => ({ sources: source, destinations: destination, ports })),
  );
}

function oneByOne(ends: readonly End[]): readonly (readonly End[])[] {
  const addresses = ends.filter(({ kind }) => kind === 'addresses');
  const others = ends.filter(({ kind }) => kind !== 'addresses').map((end) => [end]);
  return addresses.length === 0 ? others : [...others, addresses];
}

function rowsOfPlaces({ groups, asked, ends, addresses }: Telling): readonly MatrixRow[] {
  const placeOf = (end: End): string => placeName(end, addresses);
  const outside = addresses.ends.map(placeOf);
  return asked.flatMap(({ source, destination }) => {
    const sides = { sources: ends.filter(source), destinations: ends.filter(destination) };
    const own = groups.filter(
      ({ sources: [from], destinations: [to] }) => from && to && source(from) && destination(to),
    );
    return mergePlaces(placeTable(own, sides, placeOf)).map((row) => ({
      ...row,
      sources: joinOutside(row.sources, outside),
      destinations: joinOutside(row.destinations, outside),
    }));
  });
}

function joinOutside(places: readonly string[], outside: readonly string[]): readonly string[] {
  if (!outside.every((place) => places.includes(place))) return places;
  return [...places.filter((place) => !outside.includes(place)), 'outside'];
}

function placeName(end: End, addresses: AddressEnds): string {
  if (end.kind === 'host') return 'host-network pods';
  if (end.kind === 'addresses' && addresses.isInternet(end)) return 'internet';
  return end.namespace === undefined || end.namespace === '' ? end.name : `${end.namespace}/*`;
}

/** By destination, so that the doors of one workload stand together; what has no namespace comes last. */
function sortRows(rows: readonly MatrixRow[]): readonly MatrixRow[] {
  const key = ({ destinations, sources }: MatrixRow): string =>
    [destinations, sources]
      .map((names) => names.map((name) => (name.includes('/') && !/^[0-9*[]/.test(name) ? '0' : '1') + name).join())
      .join('\n');
  return rows
    .map((row) => ({ row, at: key(row) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ row }) => row);
}

function viewEnds({ map, ends }: Seen): ReadonlyMap<End, EndView> {
  return new Map(
    ends.map((end, position) => {
      const { name, kind, namespace } = end;
      const at = map.classOf[position] ?? -1;
      const isolated = DIRECTIONS.filter((direction) => (map.ends[direction][at]?.isolatedBy.length ?? 0) > 0);
      return [end, { name, kind, namespace, isolated }];
    }),
  );
}

function openOf(shown: readonly End[], views: ReadonlyMap<End, EndView>, name: NameEnds): MatrixView['open'] {
  const called = (is: (view: EndView) => boolean): readonly string[] => {
    const found = shown.filter((end) => is(views.get(end) as EndView));
    return found.length === 0 ? [] : name(found);
  };
  const only =
    (...isolated: EndView['isolated']): ((view: EndView) => boolean) =>
    (view) =>
      isWorkload(view) && view.isolated.join() === isolated.join();
  return {
    both: called(only()),
    ingress: called(only('Egress')),
    egress: called(only('Ingress')),
    host: called(({ kind }) => kind === 'host'),
  };
}

const MEANINGS: Readonly<Record<string, string>> = {
  'every workload': 'every workload of the input',
  anywhere: 'every pod, and every address outside',
  cluster: 'every pod of every namespace',
  outside: 'every address outside the cluster',
  'other pods': 'pods of namespaces that neither a policy nor an object of the input names',
  'host-network pods': 'pods on the network of their node: no policy binds them, and no selector finds them',
};

function legendOf(rows: readonly MatrixRow[], { ends, addresses }: Seen, name: NameEnds): MatrixView['legend'] {
  const said = new Set(rows.flatMap(({ sources, destinations }) => [...sources, ...destinations]));
  const words = new Set([...said].flatMap((word) => word.split(/ (?:except|and) /)));
  const legend = Object.entries(MEANINGS).flatMap(([word, means]) => (words.has(word) ? [{ word, means }] : []));
  if (words.has('internet')) {
    const others = name(addresses.ends.filter((end) => !addresses.isInternet(end)));
    legend.push({ word: 'internet', means: `every address outside ${others.join(', ')}` });
  }
  legend.push(...ends.flatMap((end) => (words.has(end.name) ? meaningOf(end) : [])));
  const absent = ends.filter(({ kind, name: own }) => kind === 'absent' && words.has(own));
  const [example] = absent.map(({ name: own }) => own).sort((a, b) => a.length - b.length);
  if (example !== undefined) {
    legend.push({
      word: absent.length === 1 ? example : `${example} and the like`,
      means: 'pods that a policy names and the input does not have; other policies may bind them elsewhere',
    });
  }
  return legend;
}
