import { doorItem } from '../infer/door-item.ts';
import { nameOf, subjectOf } from '../infer/subject.ts';
import { defaultPorts, frontOf } from '../infer/target-ports.ts';
import { trusts } from '../infer/trust.ts';
import { isRefusal, type Voices } from '../infer/voice.ts';
import type { Direction } from '../model/direction.ts';
import type { End } from '../model/end.ts';
import type { PortSet } from '../model/port.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Observed } from '../observe.ts';
import { covers } from '../policy/port-set.ts';
import { ownerName } from './owner-name.ts';
import type { Side } from './side.ts';

/** A pair of ends of which at least one is closed. */
export interface ClosedPair {
  readonly observed: Observed;
  readonly voices: Voices;
  readonly source: Side;
  readonly destination: Side;
  readonly from: End;
  readonly to: End;
  /** Ports that are to be opened; undefined: nothing was written and nothing is declared. */
  readonly asked: PortSet | undefined;
  /** The ends that are closed. */
  readonly closed: readonly Direction[];
}

const LISTS: Readonly<Record<Direction, string>> = { Ingress: 'allow-from', Egress: 'allow-to' };

/** The annotation that opens one end of a pair, as a sentence. */
export function advise(direction: Direction, pair: ClosedPair): string {
  const { observed, source, destination, from, to } = pair;
  const [own, end, other] = direction === 'Ingress' ? [destination, to, source] : [source, from, destination];
  const [workload] = end.workloads;
  const nameless =
    namelessOf(end) ?? (isNamedItself(other) ? namelessOf(direction === 'Ingress' ? from : to) : undefined);
  if (nameless !== undefined)
    return `give the pods of ${ownerName(nameless)} a label first: no list can be on pods without labels, or name them`;
  if (direction === 'Ingress' && egressOpensBoth(pair))
    return 'the same item opens this end, which trusts its own namespace';
  if (workload === undefined) {
    return `${end.name} are not in the input: give them an entry in "pods" of the config, or annotate them where they are rendered`;
  }
  const item = itemFor(direction, pair, workload, other);
  if (item === undefined) return unnameable(direction === 'Ingress' ? from : to);
  // A Service's list speaks for its own ports; an egress is the pods' own.
  const object = direction === 'Ingress' && own.service !== undefined ? own.service.resource : undefined;
  const annotation = `${observed.config.annotationPrefix}${LISTS[direction]}`;
  const verb = refusals(pair.voices, direction, workload, object)
    ? `replace "none" with "${item}" in`
    : `add "${item}" to`;
  return `${verb} ${annotation} of ${object === undefined ? ownerName(workload) : nameOf(object)}`;
}

/** Pods of an end that no policy can select. */
function namelessOf({ kind, workloads }: End): Workload | undefined {
  return kind === 'workload' ? workloads.find(({ selector }) => selector.length === 0) : undefined;
}

/** The item names an object of this side; one for a whole namespace finds pods without labels, too. */
function isNamedItself({ object, ends }: Side): boolean {
  return object !== undefined || ends.length > 1;
}

/** An item that names an object speaks for both ends, where the other one takes its word. */
function egressOpensBoth({ closed, observed, voices, source, destination, from, to }: ClosedPair): boolean {
  const [workload] = to.workloads;
  if (!closed.includes('Egress') || workload === undefined || source.object === undefined) return false;
  if (destination.object === undefined || from.workloads.length === 0) return false;
  if (isController(from.workloads[0]) || isController(workload)) return false;
  return (
    !refusals(voices, 'Ingress', workload, undefined) &&
    trusts(observed.cluster, voices.settings, workload, 'Ingress', from.namespace ?? '')
  );
}

function itemFor(direction: Direction, pair: ClosedPair, workload: Workload, other: Side): string | undefined {
  const { observed, asked, from, to } = pair;
  const ports = portsToSay(direction, pair);
  const [end] = [direction === 'Ingress' ? from : to];
  if (end.kind === 'host') {
    return observed.config.nodes.length === 0 ? undefined : `nodes${suffixOf(ports ?? asked)}`;
  }
  const aliases = observed.config.peers.map(({ name }) => name);
  const [peer] = end.workloads;
  if (peer !== undefined && isController(peer)) return labelsItem(peer, workload, suffixOf(ports));
  if (other.object !== undefined) {
    const subject = subjectOf(observed.cluster, other.object);
    return subject && doorItem(subject, workload, ports, aliases);
  }
  if (peer !== undefined && other.ends.length > 1) {
    const subject = subjectOf(observed.cluster, peer.resource);
    return subject && doorItem(subject, workload, ports, aliases);
  }
  return other.item === undefined ? undefined : `${qualify(other.item, end)}${suffixOf(ports)}`;
}

/** Ports are left out where the list means the same without them. */
function portsToSay(direction: Direction, { observed, destination, to, asked }: ClosedPair): PortSet | undefined {
  const [listener] = to.workloads;
  if (destination.impliesPorts) return undefined;
  if (asked === undefined) return 'all';
  if (listener === undefined) return destination.ports === undefined ? undefined : asked;
  const named = destination.service;
  const front = frontOf(listener, named, observed.cluster);
  const meant = defaultPorts(
    direction === 'Ingress' || destination.object !== undefined ? front : { ...front, named: undefined },
  );
  const isMeant = covers(meant, asked) && covers(asked, meant);
  return isMeant && (destination.object !== undefined || direction === 'Ingress') ? undefined : asked;
}

function suffixOf(ports: PortSet | undefined): string {
  if (ports === undefined) return '';
  return `:${ports === 'all' ? '*' : ports.map(({ protocol, port, endPort }) => `${port === endPort ? port : `${port}-${endPort}`}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`).join('+')}`;
}

/** Pods of a controller that the input does not have: no name of the input finds them for sure, their labels do. */
function isController(workload: Workload | undefined): boolean {
  return workload?.controller !== undefined;
}

function labelsItem(peer: Workload, viewer: Workload, suffix: string): string | undefined {
  const pairs = peer.selector.flatMap(({ key, operator, values }) =>
    operator === 'In' && values.length === 1 ? [`${key}=${values[0]}`] : [],
  );
  if (pairs.length === 0) return undefined;
  const place = peer.namespace === viewer.namespace || peer.namespace === '' ? '' : `${peer.namespace}/`;
  return `${place}${pairs.join('&')}${suffix}`;
}

function qualify(item: string, { namespace }: End): string {
  const isBare = item.includes('=') && !item.slice(0, item.indexOf('=')).includes('/');
  return isBare && namespace !== undefined && namespace !== '' ? `${namespace}/${item}` : item;
}

function unnameable(end: End): string {
  return end.kind === 'host'
    ? `${end.name} is on the network of its node: set "nodes" in the config to the ranges of the nodes, and allow "nodes"`
    : `no item can name ${end.name}: give it a namespace, or say it in the config`;
}

function refusals(
  { voices }: Voices,
  direction: Direction,
  workload: Workload,
  service: Resource | undefined,
): boolean {
  const object = service ?? workload.resource;
  return voices.some(({ list }) => list.direction === direction && list.subject === object && isRefusal(list));
}
