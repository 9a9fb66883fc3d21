import type { Item, ListDeclaration } from '../model/declaration.ts';
import type { Direction } from '../model/direction.ts';
import type { PortSet } from '../model/port.ts';
import type { Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import { isService, portsTo, type RulePeer } from '../policy/peer.ts';
import { union, unionAll } from '../policy/port-set.ts';
import { allowAt, type Connections } from './connections.ts';
import { hearRefusals } from './hear-refusals.ts';
import type { Isolation } from './isolation.ts';
import { objectPorts, outsidePorts, readFronts, type SetPorts, setPorts } from './item-ports.ts';
import { type PortContext, reportFollowedPorts, reportUnknownNames } from './port-problems.ts';
import type { Refusals } from './refusals.ts';
import { membersOf, type Names, resolveItem } from './resolve-item.ts';
import type { ObjectPeer, OutsidePeer, PodSetPeer, ResolvedItem } from './resolved.ts';
import { nameOf, peerOfWorkload, peersOfSubject, type Subject } from './subject.ts';
import { trusts } from './trust.ts';
import { isRefusal, type Voice, type Voices } from './voice.ts';

/** What the items of a list are read against. */
export interface Scene {
  readonly names: Names;
  readonly voices: Voices;
  readonly isolation: Isolation;
  readonly refusals: Refusals;
  readonly connections: Connections;
  readonly report: Report;
}

/** Adds what one list says: its own end, and the other end of items that name one object, as far as trust goes. */
export function connectVoice(voice: Voice, scene: Scene): void {
  if (isRefusal(voice.list)) return;
  const subject = withoutRefusers(voice, scene);
  const { list } = voice;
  for (const item of list.items) connectItem({ subject, list, item, origins: [originOf(list, item)] }, scene);
}

/** One item on the way to rules. */
interface Saying {
  readonly subject: Subject;
  readonly list: ListDeclaration;
  readonly item: Item;
  /** How provenance names it: one word, as `allow` takes it. */
  readonly origins: readonly string[];
}

function connectItem(saying: Saying, scene: Scene): void {
  const { subject, list, item } = saying;
  const writtenBy = isAlways(saying) ? 'config' : 'object';
  const { direction } = list;
  const speaker = { resource: list.subject, namespace: subject.namespace, writtenBy, direction } as const;
  const found = resolveItem(item, speaker, scene.names, list.place, scene.report);
  if (found.length === 0 && list.direction === 'Ingress') noteUnread(subject, scene);
  for (const resolved of found) {
    if (list.direction === 'Ingress') grant(saying, resolved, scene);
    else ask(saying, resolved, scene);
  }
}

/** A grant that could not be read may be the one that a caller needs: its error stands for both. */
function noteUnread(subject: Subject, { connections, names }: Scene): void {
  const workloads =
    subject.kind === 'namespace' ? (names.cluster.workloadsIn.get(subject.namespace) ?? []) : subject.workloads;
  for (const workload of workloads) connections.unread.add(workload);
}

/** `allow-to`: ports are those of the peer. */
function ask(saying: Saying, { peer, ports }: ResolvedItem, scene: Scene): void {
  if (peer.kind === 'object') askObject(saying, peer, ports, scene);
  else if (peer.kind === 'podSet') askSet(saying, peer, ports, scene);
  else askOutside(saying, peer, ports, scene);
}

function askObject(saying: Saying, peer: ObjectPeer, terms: ResolvedItem['ports'], scene: Scene): void {
  const { subject } = saying;
  const { cluster } = scene.names;
  const ports = objectPorts(peer.workloads, peer.service, terms, portContext(saying, scene));
  const portsWritten = terms !== undefined;
  const said = { peer, ports, portsWritten, text: saying.item.text, place: saying.list.place };
  const heard = hearRefusals(said, cluster, scene.refusals, scene.report);
  let opensDoors = true;
  for (const [target, open] of heard) {
    openOwnEnd(saying, (viewer) => peerOfWorkload(target, viewer), open, scene);
    if (!openDoor(saying, target, open, scene)) opensDoors = false;
  }
  // Fields one by one here and below: of objects that are spread, each has a shape of its own, which V8 is slow with.
  const { list, item } = saying;
  scene.connections.asks.push({ subject, list, item, peer, ports: heard, portsWritten, opensDoors });
  checkSelectable(saying, peer, scene);
}

/** The other end of an ask, where its word is enough there; whether it is. */
function openDoor({ subject, origins }: Saying, target: Workload, open: PortSet, scene: Scene): boolean {
  if (!mayOpen(target, 'Ingress', subject.namespace, scene)) return false;
  const sources = peersOfSubject(subject, target.namespace);
  for (const source of sources) allowAt(scene.connections.workloads, target, 'Ingress', source, open, origins);
  return sources.length > 0;
}

function askSet(saying: Saying, peer: PodSetPeer, terms: ResolvedItem['ports'], scene: Scene): void {
  const { subject } = saying;
  const context = portContext(saying, scene);
  const members = membersOf(scene.names.cluster, peer, subject.namespace);
  const { uniform, perWorkload, unknown } = setPorts(members, terms, peer.podSelector.length === 0, context);
  reportUnknownNames(unknown, members, context);
  openOwnEnd(saying, () => podsPeer(peer), uniform, scene);
  for (const [member, ports] of perWorkload) {
    openOwnEnd(saying, (viewer) => peerOfWorkload(member, viewer), ports, scene);
  }
  const { list, item } = saying;
  scene.connections.setAsks.push({ subject, list, item, peer, ports: uniform, perWorkload });
}

function askOutside(saying: Saying, peer: OutsidePeer, terms: ResolvedItem['ports'], scene: Scene): void {
  const context = portContext(saying, scene);
  const ports =
    peer.front === undefined
      ? outsidePorts(terms, context)
      : unionAll(readFronts([peer.front], terms, context).values());
  if (saying.item.ports !== undefined && peer.peers.some(isService)) reportFollowedPorts(context);
  for (const block of peer.peers) openOwnEnd(saying, () => block, portsTo(block, ports), scene);
}

/** `allow-from`: ports are those of the subject, so an alias's own do not count. */
function grant(saying: Saying, resolved: ResolvedItem, scene: Scene): void {
  const { subject, list, item } = saying;
  const terms = resolved.aliasPorts ? undefined : resolved.ports;
  const own = ownPorts(saying, terms, scene);
  const { peer } = resolved;
  const sources: ((viewer: string) => RulePeer | undefined)[] =
    peer.kind === 'object'
      ? peer.workloads.map((workload) => (viewer: string) => peerOfWorkload(workload, viewer))
      : peer.kind === 'podSet'
        ? [() => podsPeer(peer)]
        : peer.peers.map((block) => () => block);
  for (const source of sources) openOwnPorts(saying, source, own, scene);
  if (peer.kind === 'podSet') scene.connections.setGrants.push({ subject, list, item, peer });
  if (peer.kind !== 'object') return;
  checkSelectable(saying, peer, scene);
  for (const workload of peer.workloads) grantOtherEnd(saying, workload, own, scene);
  const ports = subject.kind === 'namespace' ? withUniform(someIn(subject.namespace, scene), own) : own.perWorkload;
  scene.connections.grants.push({
    subject,
    list,
    item,
    peer,
    ports,
    portsWritten: terms !== undefined,
    opensDoors: false,
  });
}

/** How many workloads of a namespace tell whether anybody can use what it grants. */
const MEMBERS_LOOKED_AT = 50;

function someIn(namespace: string, { names }: Scene): readonly Workload[] {
  return (names.cluster.workloadsIn.get(namespace) ?? []).slice(0, MEMBERS_LOOKED_AT);
}

/** The egress of an object that a grant names. */
function grantOtherEnd(saying: Saying, source: Workload, own: SetPorts, scene: Scene): void {
  const { subject } = saying;
  if (scene.refusals.leftOut(source, 'Egress')) return;
  if (!mayOpen(source, 'Egress', subject.namespace, scene)) return;
  const { workloads } = scene.connections;
  if (subject.kind === 'namespace') {
    for (const target of peersOfSubject(subject, source.namespace)) {
      allowAt(workloads, source, 'Egress', target, own.uniform, saying.origins);
    }
  }
  for (const [target, ports] of own.perWorkload) {
    allowAt(workloads, source, 'Egress', peerOfWorkload(target, source.namespace), ports, saying.origins);
  }
}

/** The subject's own ports that a grant opens. */
function ownPorts(saying: Saying, terms: ResolvedItem['ports'], scene: Scene): SetPorts {
  const { subject } = saying;
  const context = portContext(saying, scene);
  if (subject.kind === 'workloads') {
    return { uniform: [], perWorkload: objectPorts(subject.workloads, subject.service, terms, context), unknown: [] };
  }
  const members =
    subject.kind === 'each' ? subject.workloads : (scene.names.cluster.workloadsIn.get(subject.namespace) ?? []);
  const ports = setPorts(members, terms, true, context);
  if (subject.kind === 'namespace') {
    if (!isAlways(saying)) reportUnknownNames(ports.unknown, members, context);
    return ports;
  }
  return { ...ports, perWorkload: withUniform(members, ports) };
}

/** `always` speaks for every isolated pod: a port name that some of them lack is no mistake. */
function isAlways({ list }: Saying): boolean {
  return list.origin.startsWith('always.');
}

/** Each member's own ports and those of all members. */
function withUniform(members: readonly Workload[], { uniform, perWorkload }: SetPorts): Map<Workload, PortSet> {
  return new Map(members.map((member) => [member, union(uniform, perWorkload.get(member) ?? [])]));
}

/** Opens the speaker's side of an ask. */
function openOwnEnd(
  saying: Saying,
  peer: (viewer: string) => RulePeer | undefined,
  ports: PortSet,
  scene: Scene,
): void {
  const { subject } = saying;
  if (subject.kind === 'namespace') openForAll(saying, peer, ports, scene);
  else for (const workload of subject.workloads) openFor(workload, saying, peer, ports, scene);
}

/** Opens the speaker's side: for the whole namespace, and for each workload that has ports of its own. */
function openOwnPorts(
  saying: Saying,
  peer: (viewer: string) => RulePeer | undefined,
  { uniform, perWorkload }: SetPorts,
  scene: Scene,
): void {
  openForAll(saying, peer, uniform, scene);
  for (const [workload, ports] of perWorkload) openFor(workload, saying, peer, ports, scene);
}

/** Opens a namespace that speaks for all of its pods. */
function openForAll(
  { subject, list, origins }: Saying,
  peer: (viewer: string) => RulePeer | undefined,
  ports: PortSet,
  { connections, isolation }: Scene,
): void {
  const { namespace } = subject;
  if (subject.kind !== 'namespace' || !isolation.namespaceCloses(namespace, list.direction)) return;
  allowAt(connections.namespaces, namespace, list.direction, peer(namespace), ports, origins);
}

function openFor(
  workload: Workload,
  { subject, list, origins }: Saying,
  peer: (viewer: string) => RulePeer | undefined,
  ports: PortSet,
  { connections, isolation, refusals }: Scene,
): void {
  const { direction } = list;
  const isLeftOut = subject.kind === 'namespace' && refusals.leftOut(workload, direction);
  if (isLeftOut || !isolation.closed(workload, direction)) return;
  allowAt(connections.workloads, workload, direction, peer(workload.namespace), ports, origins);
}

/** Whether an end is closed and another end's word opens it. */
function mayOpen(
  workload: Workload,
  direction: Direction,
  other: string,
  { names, voices, isolation }: Scene,
): boolean {
  return isolation.closed(workload, direction) && trusts(names.cluster, voices.settings, workload, direction, other);
}

/** The subject of a list without the workloads that refuse on their own, which is an error for a Service's list. */
function withoutRefusers({ subject, list }: Voice, { refusals, report }: Scene): Subject {
  if (subject.kind === 'namespace') return subject;
  const { direction } = list;
  const isRefuser = (workload: Workload): boolean => refusals.workload(workload, direction);
  if (!subject.workloads.some(isRefuser)) return subject;
  const refusers = subject.workloads.filter(isRefuser);
  for (const { resource } of refusers) {
    const annotation = direction === 'Ingress' ? 'allow-from' : 'allow-to';
    const message = `must not open ${nameOf(resource)}, whose own ${annotation} says "none"`;
    report({ ...list.place, code: 'refused', severity: 'error', message });
  }
  return { ...subject, workloads: subject.workloads.filter((workload) => !refusers.includes(workload)) };
}

/** Pods that no label tells from others cannot be a peer: an empty selector would mean every pod. */
function checkSelectable(saying: Saying, peer: ObjectPeer, { report }: Scene): void {
  if (peer.workloads.every(({ selector }) => selector.length > 0)) return;
  const message = `must name pods with labels, got "${saying.item.text}": no label tells the pods of ${nameOf(peer.resource)} from others`;
  report({ ...saying.list.place, code: 'unselectable', severity: 'error', message, got: saying.item.text });
}

function podsPeer({ namespaceSelector, podSelector }: PodSetPeer): RulePeer {
  return { kind: 'pods', namespaceSelector, podSelector };
}

function portContext({ list, item }: Saying, { names, report }: Scene): PortContext {
  return { cluster: names.cluster, text: item.text, place: list.place, report };
}

/** `Deployment/shop/web postern.dev/allow-to: cart`. */
function originOf({ subject, origin }: ListDeclaration, { text }: Item): string {
  return `${nameOf(subject)} ${origin}: ${text}`;
}
