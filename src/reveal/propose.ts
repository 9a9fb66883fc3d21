import { formatItemPorts } from '../infer/door-item.ts';
import { nameOf } from '../infer/subject.ts';
import { trusts } from '../infer/trust.ts';
import type { Direction } from '../model/direction.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import { isEmpty, union } from '../policy/port-set.ts';
import { closedTargets, keepersOf, leaves, type OpenToAll } from './ends-open.ts';
import { type Connection, nameOfEnd } from './gather.ts';
import type { Kit } from './kit.ts';
import { nameEnd } from './name-end.ts';
import { anyPort, portSuffix } from './port-suffix.ts';
import type { End, Outsider, PodsEnd } from './revealed.ts';

/** An item for the list of one object. */
export interface Proposal {
  readonly on: Resource;
  readonly namespace: string;
  readonly direction: Direction;
  readonly text: string;
  /** Who the item stands for, where it is not a name of the input. */
  readonly who: readonly string[];
  readonly advice: string | undefined;
  /** Another namespace that needs it when it is closed, since this end is closed already. */
  readonly alsoFor: string | undefined;
}

/** What is to be done about a connection. */
export type Outcome =
  | { readonly kind: 'proposed'; readonly proposals: readonly Proposal[] }
  | { readonly kind: 'kept'; readonly why: string }
  | { readonly kind: 'unsayable'; readonly why: string };

/** The items that keep a connection: `allow-to` where it begins, and `allow-from` where that is not enough. */
export function propose(connection: Connection, kit: Kit, openToAll: OpenToAll): Outcome {
  const { source, target } = connection;
  const why = whyRefused(connection, kit);
  if (why !== undefined) return { kind: 'unsayable', why };
  const isCutLeaving = !leaves(connection, kit);
  const closed = closedTargets(connection, kit, openToAll);
  if (!isCutLeaving && closed.length === 0) {
    const isNew = closedTargets(connection, kit, new Map()).length > 0;
    return { kind: 'kept', why: isNew ? '"anywhere" lets it in, too' : keepersOf(connection, kit) };
  }

  const nameless = namelessOf(source) ?? namelessOf(target);
  if (nameless !== undefined) return { kind: 'unsayable', why: namelessText(nameless) };

  const asks = source.kind === 'pods' && (isCutLeaving || isAskEnough(source, target, closed, kit));
  const ask = asks ? askItem(source, connection, kit) : undefined;
  if (typeof ask === 'string') return { kind: 'unsayable', why: ask };
  const opens = (workload: Workload): boolean =>
    ask?.speaksForBoth === true && source.kind === 'pods' && trustsAsk(workload, source, kit);
  const needsGrant = closed.filter((workload) => !opens(workload));
  const grant = target.kind === 'pods' && needsGrant.length > 0 ? grantItem(target, connection, kit) : undefined;
  if (typeof grant === 'string') return { kind: 'unsayable', why: grant };
  if (grant !== undefined && isForAll(source)) noteOpen(connection, openToAll);
  return { kind: 'proposed', proposals: [ask?.proposal, grant].filter((proposal) => proposal !== undefined) };
}

/** Inside a namespace one word is enough, and the caller's is the one to say. */
function isAskEnough(source: PodsEnd, target: End, closed: readonly Workload[], { inference }: Kit): boolean {
  return (
    target.kind === 'pods' &&
    target.namespace === source.namespace &&
    closed.length > 0 &&
    source.workloads.every((workload) => inference.isolation.closed(workload, 'Egress'))
  );
}

function trustsAsk(workload: Workload, source: PodsEnd, { inference, settings }: Kit): boolean {
  return trusts(inference.cluster, settings, workload, 'Ingress', source.namespace);
}

type Ask = { readonly proposal: Proposal; readonly speaksForBoth: boolean };

function askItem(source: PodsEnd, connection: Connection, kit: Kit): Ask | string {
  const { target, ports, targetNames } = connection;
  const why = whyUnspeakable(source, 'allowTo');
  if (why !== undefined) return why;
  const on = { on: source.resource, namespace: source.namespace, direction: 'Egress' as const, alsoFor: undefined };
  if (target.kind === 'outsider') {
    const { peer, advice } = target;
    const text = peer + (target.ports === undefined ? '' : `:${formatItemPorts(target.ports)}`);
    return { proposal: { ...on, text, who: targetNames, advice }, speaksForBoth: false };
  }
  const name = nameEnd(target, source.resource, source.namespace, kit);
  if (name === undefined) return unnamed(target);
  const isObject = name.peer.kind === 'object';
  const all = anyPort(ports);
  const suffix =
    name.peer.kind === 'object'
      ? portSuffix(ports, name.peer.service, kit.inference.cluster)
      : isEmpty(all)
        ? ''
        : `:${formatItemPorts(all)}`;
  return { proposal: { ...on, text: name.text + suffix, who: [], advice: undefined }, speaksForBoth: isObject };
}

function grantItem(target: PodsEnd, connection: Connection, kit: Kit): Proposal | string {
  const { source, ports } = connection;
  const why = whyUnspeakable(target, 'allowFrom');
  if (why !== undefined) return why;
  const suffix = portSuffix(ports, target.service, kit.inference.cluster);
  const isClosedToday = target.workloads.some((workload) => kit.closedToday(workload, 'Ingress'));
  const alsoFor = source.kind === 'pods' && isClosedToday ? source.namespace : undefined;
  const on = { on: target.resource, namespace: target.namespace, direction: 'Ingress' as const, alsoFor };
  if (source.kind === 'outsider') {
    return { ...on, text: source.peer + suffix, who: [source.name], advice: source.advice };
  }
  const name = nameEnd(source, target.resource, target.namespace, kit);
  return name === undefined ? unnamed(source) : { ...on, text: name.text + suffix, who: [], advice: undefined };
}

function unnamed(end: PodsEnd): string {
  return `no item can name the pods of ${nameOfEnd(end)}: give them a namespace, a name and labels of their own`;
}

/** Pods without labels can neither have a list nor stand in one. */
function namelessOf(end: End): Workload | undefined {
  return end.kind === 'pods' ? end.workloads.find(({ selector }) => selector.length === 0) : undefined;
}

function namelessText({ resource }: Workload): string {
  return `no list can be on pods without labels, or name them: give those of ${nameOf(resource)} a label first`;
}

/** Objects that cannot be annotated, and what to do instead. */
function whyUnspeakable({ resource, workloads }: PodsEnd, field: 'allowTo' | 'allowFrom'): string | undefined {
  if (workloads.some(({ origin }) => origin === 'config') && resource.source.item < 0)
    return `say it in ${field} of the entry "${resource.name}" in the config's pods`;
  if (resource.generateName) return `${resource.kind} "${resource.name}" has no name of its own to patch`;
  return undefined;
}

function whyRefused({ source, target }: Connection, { refusals }: Kit): string | undefined {
  const refuses = (end: End, direction: Direction): boolean =>
    end.kind === 'pods' && end.workloads.some((workload) => refusals.leftOut(workload, direction));
  if (refuses(source, 'Egress')) return 'the caller says "none" in allow-to';
  if (refuses(target, 'Ingress')) return 'the one that is called says "none" in allow-from';
  return undefined;
}

/** Where the peer is to be narrowed, others still need an item of their own. */
function isForAll(source: End): source is Outsider {
  return source.kind === 'outsider' && source.peer === 'anywhere' && source.advice === undefined;
}

function noteOpen({ ports }: Connection, openToAll: OpenToAll): void {
  for (const [workload, set] of ports) {
    openToAll.set(workload, union(openToAll.get(workload) ?? [], isEmpty(set) ? 'all' : set));
  }
}
