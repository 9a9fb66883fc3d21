import {
  type Declared,
  type DeclaredService,
  type DeclaredWorkload,
  isBehind,
  type Words,
} from './arbitrary-declarations.ts';

/** TCP ports that are tried: those that something declares, and one that nothing does. */
export const TRIED: readonly number[] = [80, 3000, 8080, 9090, 12345];

type Way = 'ingress' | 'egress';

/** A list with the object that says it. */
interface Speaker {
  readonly namespace: string;
  readonly items: readonly string[];
  /** The Service that says it: its ports are meant. */
  readonly service: DeclaredService | undefined;
  /** A Namespace speaks for everybody in it, and names no ports of its own. */
  readonly isNamespace: boolean;
}

/**
 * Which ports of `destination` a pod of `source` reaches, worked out from the declarations for this pair alone, as the
 * design says it in words. Only for clusters without errors.
 */
export function expectedPorts(declared: Declared, source: DeclaredWorkload, destination: DeclaredWorkload): number[] {
  const arrives = arrivingPorts(declared, source, destination);
  const leaves = leavingPorts(declared, source, destination);
  return arrives.filter((port) => leaves.includes(port));
}

/** What the destination's end lets in. */
function arrivingPorts(declared: Declared, source: DeclaredWorkload, destination: DeclaredWorkload): number[] {
  const closedByHand = declared.handWritten.filter(({ namespace }) => namespace === destination.namespace);
  const isClosed = isClosedByWords(declared, destination, 'ingress');
  if (isExempt(declared, destination, 'ingress') || (!isClosed && closedByHand.length === 0)) return [...TRIED];
  const byHand = closedByHand.some(({ namespace, tier }) => source.namespace === namespace && source.tier === tier);
  if (byHand) return [...TRIED];
  const granted = grantsAt(declared, destination).flatMap((speaker) =>
    speaker.items
      .filter((item) => names(declared, speaker, item, source))
      .flatMap((item) => portsMeant(declared, portsOf(item), destination, speaker.service, speaker.isNamespace)),
  );
  const { always } = declared.config;
  const byAlways = isClosed && hearsAlways(declared, destination) && isInSet(always, destination.namespace, source);
  const asked = trusts(declared, destination, 'ingress', source.namespace)
    ? asksBy(declared, source, false).flatMap((ask) => portsOfAsk(declared, ask, destination))
    : [];
  return distinct([...granted, ...asked, ...(byAlways ? TRIED : [])]);
}

/** The asks for an object whose door stays closed, as `speaker: item`. Only for clusters with no other errors. */
export function expectedClosedDoors(declared: Declared): string[] {
  return everyAsk(declared).flatMap(({ name, item, speaker, sources }) => {
    const isWritten = portsOf(item) !== undefined;
    const targets = objectNamed(declared, speaker.namespace, peerOf(item)) ?? [];
    const isClosed = targets.some((target) => {
      const wanted = portsOfAsk(declared, { speaker, item }, target);
      const open = wanted.filter((port) =>
        sources.every((source) => arrivingPorts(declared, source, target).includes(port)),
      );
      return wanted.length > 0 && (isWritten ? open.length < wanted.length : open.length === 0);
    });
    return isClosed ? [`${name}: ${item}`] : [];
  });
}

/** Every item of every allow-to, with the pods that it speaks for. */
function everyAsk(declared: Declared): (Ask & { readonly name: string; readonly sources: DeclaredWorkload[] })[] {
  const { namespaces, workloads, services } = declared;
  const said = [
    ...namespaces
      .filter(({ here }) => here)
      .map(({ name, words }) => ({ name, namespace: name, words, sources: [strangerIn(name)] })),
    ...workloads.map((workload) => ({ ...workload, sources: [workload] })),
    ...services.map((service) => ({
      ...service,
      sources: workloads.filter((workload) => servicesOf(declared, workload).includes(service)),
    })),
  ];
  return said.flatMap(({ name, namespace, words, sources }) => {
    const items = isNone(words.allowTo) ? [] : (words.allowTo ?? []);
    const speaker: Speaker = { namespace, items, service: undefined, isNamespace: false };
    return items.map((item) => ({ name, speaker, item, sources }));
  });
}

/** A pod that only its Namespace speaks for. */
function strangerIn(namespace: string): DeclaredWorkload {
  const words = { allowFrom: undefined, allowTo: undefined, isolate: undefined, trust: undefined, noDns: false };
  return { namespace, name: '', tier: '', http: 0, hasMetrics: false, words };
}

/** What the source's end lets out. */
function leavingPorts(declared: Declared, source: DeclaredWorkload, destination: DeclaredWorkload): number[] {
  if (!isClosedByWords(declared, source, 'egress')) return [...TRIED];
  const asked = asksBy(declared, source, true).flatMap((ask) => portsOfAsk(declared, ask, destination));
  const toSets = asksBy(declared, source, true).flatMap(({ speaker, item }) =>
    isInSet(peerOf(item), speaker.namespace, destination) ? portsOfSetAsk(declared, item, destination) : [],
  );
  const isHeard = trusts(declared, source, 'egress', destination.namespace) && !refuses(declared, source, 'egress');
  const granted = grantsAt(declared, destination, true).flatMap((speaker) =>
    speaker.items
      .filter((item) => objectNamed(declared, speaker.namespace, peerOf(item))?.includes(source))
      .flatMap((item) => portsMeant(declared, portsOf(item), destination, speaker.service, speaker.isNamespace)),
  );
  return distinct([...asked, ...toSets, ...(isHeard ? granted : [])]);
}

interface Ask {
  readonly speaker: Speaker;
  readonly item: string;
}

/** Everything that is asked for on behalf of a workload. */
function asksBy(declared: Declared, source: DeclaredWorkload, mayRefuse: boolean): Ask[] {
  const own = speakersFor(declared, source, 'allowTo', mayRefuse && refuses(declared, source, 'egress'));
  return own.flatMap((speaker) => speaker.items.map((item) => ({ speaker, item })));
}

/** Everything that is granted on behalf of a workload. */
function grantsAt(declared: Declared, destination: DeclaredWorkload, refusersToo = false): Speaker[] {
  return speakersFor(declared, destination, 'allowFrom', !refusersToo && refuses(declared, destination, 'ingress'));
}

function speakersFor(
  declared: Declared,
  workload: DeclaredWorkload,
  list: 'allowFrom' | 'allowTo',
  withoutNamespace: boolean,
): Speaker[] {
  const { namespace } = workload;
  const say = (words: Words, service?: DeclaredService, isNamespace = false): Speaker[] =>
    words[list] === undefined || isNone(words[list])
      ? []
      : [{ namespace, items: words[list] ?? [], service, isNamespace }];
  return [
    ...say(workload.words),
    ...servicesOf(declared, workload).flatMap((service) => say(service.words, service)),
    ...(withoutNamespace ? [] : namespaceWords(declared, namespace).flatMap((words) => say(words, undefined, true))),
  ];
}

function isNone(items: readonly string[] | undefined): boolean {
  return items?.[0] === 'none';
}

/** The workload, or a Service in front of it, says `none`. */
function refuses(declared: Declared, workload: DeclaredWorkload, way: Way): boolean {
  const list = way === 'ingress' ? 'allowFrom' : 'allowTo';
  return [workload, ...servicesOf(declared, workload)].some(({ words }) => isNone(words[list]));
}

function hearsAlways(declared: Declared, workload: DeclaredWorkload): boolean {
  const namespaceRefuses = namespaceWords(declared, workload.namespace).some(({ allowFrom }) => isNone(allowFrom));
  return !namespaceRefuses && !refuses(declared, workload, 'ingress');
}

/** Whether a pod may ask the cluster's DNS; undefined where a list says so by naming everybody. */
export function expectsDns(declared: Declared, workload: DeclaredWorkload): boolean | undefined {
  if (!isClosedByWords(declared, workload, 'egress')) return true;
  const goesWithout = [workload.words, ...namespaceWords(declared, workload.namespace)].some(({ noDns }) => noDns);
  const names = asksBy(declared, workload, true).map(({ item }) => peerOf(item));
  if (!goesWithout) return true;
  return names.includes('anywhere') || names.includes('cluster') ? undefined : false;
}

/** Closed by a list or an `isolate`, the workload's own before its namespace's. */
function isClosedByWords(declared: Declared, workload: DeclaredWorkload, way: Way): boolean {
  if (hasList(declared, workload, way)) return true;
  const { isolate } = workload.words;
  return isolate === undefined ? namespaceCloses(declared, workload.namespace, way) : closes(isolate, way);
}

/** It says that it stays open in a namespace that is closed as a whole, which opens it against every other policy too. */
function isExempt(declared: Declared, workload: DeclaredWorkload, way: Way): boolean {
  const isHere = namespaceWords(declared, workload.namespace).length > 0;
  return isHere && namespaceCloses(declared, workload.namespace, way) && !isClosedByWords(declared, workload, way);
}

function hasList(declared: Declared, workload: DeclaredWorkload, way: Way): boolean {
  const list = way === 'ingress' ? 'allowFrom' : 'allowTo';
  return [workload, ...servicesOf(declared, workload)].some(({ words }) => words[list] !== undefined);
}

function namespaceCloses(declared: Declared, namespace: string, way: Way): boolean {
  const [words] = namespaceWords(declared, namespace);
  const list = way === 'ingress' ? words?.allowFrom : words?.allowTo;
  return list !== undefined || closes(words?.isolate ?? declared.config.isolate, way);
}

function closes(isolate: string | undefined, way: Way): boolean {
  return isolate === 'both' || isolate === way;
}

/** The words of a Namespace whose object is in the input. */
function namespaceWords({ namespaces }: Declared, namespace: string): Words[] {
  return namespaces.filter(({ name, here }) => here && name === namespace).map(({ words }) => words);
}

/** Whether the other end's word opens an end: the strictest word of the workload and, for ingress, its Services. */
function trusts(declared: Declared, workload: DeclaredWorkload, way: Way, other: string): boolean {
  const services = way === 'ingress' ? servicesOf(declared, workload) : [];
  const own = [workload, ...services].map(({ words }) => words.trust);
  const [byNamespace] = namespaceWords(declared, workload.namespace).map(({ trust }) => trust);
  const trust =
    ['own', 'namespace', 'either'].find((word) => own.includes(word)) ?? byNamespace ?? declared.config.trust;
  return trust === 'either' || (trust === 'namespace' && other === workload.namespace);
}

function servicesOf({ services }: Declared, workload: DeclaredWorkload): DeclaredService[] {
  return services.filter((service) => isBehind(service, workload));
}

/** Whether an item, said in `namespace`, is about a pod of this workload. */
function names(declared: Declared, { namespace }: Speaker, item: string, workload: DeclaredWorkload): boolean {
  const peer = peerOf(item);
  return isInSet(peer, namespace, workload) || (objectNamed(declared, namespace, peer)?.includes(workload) ?? false);
}

const SETS: Readonly<Record<string, (namespace: string, pod: DeclaredWorkload) => boolean>> = {
  namespace: (namespace, pod) => pod.namespace === namespace,
  cluster: () => true,
  anywhere: () => true,
  'edge/*': (_, pod) => pod.namespace === 'edge',
  'tier=front': (namespace, pod) => pod.namespace === namespace && pod.tier === 'front',
  'shop/tier=back': (_, pod) => pod.namespace === 'shop' && pod.tier === 'back',
  '*/app=web': (_, pod) => pod.name === 'web',
};

function isInSet(peer: string | undefined, namespace: string, workload: DeclaredWorkload): boolean {
  return peer !== undefined && (SETS[peer]?.(namespace, workload) ?? false);
}

/** The workloads that a name means: a workload, else those behind a Service. */
function objectNamed(declared: Declared, speakers: string, peer: string): readonly DeclaredWorkload[] | undefined {
  if (SETS[peer] !== undefined) return undefined;
  const [name = '', namespace = speakers] = peer.split('/').reverse();
  const isIt = (object: { readonly namespace: string; readonly name: string }): boolean =>
    object.namespace === namespace && object.name === name;
  const workload = declared.workloads.filter(isIt);
  if (workload.length > 0) return workload;
  const service = declared.services.find(isIt);
  return declared.workloads.filter((each) => service !== undefined && servicesOf(declared, each).includes(service));
}

/** The Service that a name means, where no workload is called so. */
function serviceNamed(declared: Declared, speakers: string, peer: string): DeclaredService | undefined {
  const [name = '', namespace = speakers] = peer.split('/').reverse();
  const isIt = (object: { readonly namespace: string; readonly name: string }): boolean =>
    object.namespace === namespace && object.name === name;
  return declared.workloads.some(isIt) ? undefined : declared.services.find(isIt);
}

/** The ports of one workload that an ask for an object means, without those that a Service refuses. */
function portsOfAsk(declared: Declared, { speaker, item }: Ask, destination: DeclaredWorkload): number[] {
  const peer = peerOf(item);
  if (!objectNamed(declared, speaker.namespace, peer)?.includes(destination)) return [];
  const named = serviceNamed(declared, speaker.namespace, peer);
  const meant = portsMeant(declared, portsOf(item), destination, named, false);
  const refusing = servicesOf(declared, destination).filter(({ words }) => isNone(words.allowFrom));
  const refused = named === undefined ? refusing.flatMap((service) => targetsOf(service, destination)) : [];
  return meant.filter((port) => !refused.includes(port));
}

function peerOf(item: string): string {
  return item.split(':')[0] ?? '';
}

function portsOf(item: string): string[] | undefined {
  return item.split(':')[1]?.split('+');
}

/** The ports of a workload that written ports mean, or that are meant where none are written. */
function portsMeant(
  declared: Declared,
  written: readonly string[] | undefined,
  workload: DeclaredWorkload,
  named: DeclaredService | undefined,
  isNamespace: boolean,
): number[] {
  if (isNamespace) return portsOnSet(declared, written, workload);
  const services = named === undefined ? servicesOf(declared, workload) : [named];
  const targets = services.flatMap((service) => targetsOf(service, workload));
  if (written === undefined) {
    const declares = [workload.http, ...(workload.hasMetrics ? [9090] : [])];
    return targets.length > 0 || named !== undefined ? targets : declares;
  }
  return written.flatMap((port) => {
    if (port === '*') return TRIED;
    if (port === '80') return targets.length > 0 ? targets : [80];
    if (port === 'web') return targets;
    return containerPort(port, workload);
  });
}

/** `anywhere` is no set of known pods: numbers are taken as written. */
function portsOfSetAsk(declared: Declared, item: string, destination: DeclaredWorkload): number[] {
  const isUnread = peerOf(item) === 'anywhere' && portsOf(item)?.[0] === '80';
  return isUnread ? [80] : portsOnSet(declared, portsOf(item), destination);
}

function portsOnSet(declared: Declared, written: readonly string[] | undefined, workload: DeclaredWorkload): number[] {
  const targets = servicesOf(declared, workload).flatMap((service) => targetsOf(service, workload));
  if (written === undefined) return [...TRIED];
  return written.flatMap((port) => {
    if (port === '*') return TRIED;
    // Pods of the set that are rendered elsewhere may listen on the number itself.
    if (port === '80') return [80, ...targets];
    return port === 'web' ? targets : containerPort(port, workload);
  });
}

function containerPort(port: string, { http, hasMetrics }: DeclaredWorkload): number[] {
  if (port === 'http') return [http];
  if (port === 'metrics') return hasMetrics ? [9090] : [];
  return [Number(port)];
}

/** Where a Service's port leads on one workload. */
function targetsOf({ target }: DeclaredService, workload: DeclaredWorkload): number[] {
  return typeof target === 'number' ? [target] : containerPort(target, workload);
}

function distinct(ports: readonly number[]): number[] {
  return [...new Set(ports)];
}
