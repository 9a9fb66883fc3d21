import { nameOf } from '../infer/subject.ts';
import { DIRECTIONS } from '../model/direction.ts';
import type { NamespacePlan, Plan, PlanItem, PlanNote, PlannedAnnotation, PlannedObject } from '../model/plan.ts';
import type { PodHints } from '../model/pod-text.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { OpenToAll } from './ends-open.ts';
import { type Connection, nameOfEnd } from './gather.ts';
import type { Kit } from './kit.ts';
import { type Outcome, type Proposal, propose } from './propose.ts';
import type { End } from './revealed.ts';

/** Something that was noticed about a workload. */
export interface Noticed extends PlanNote {
  readonly namespace: string;
}

interface Decided {
  readonly connection: Connection;
  readonly outcome: Outcome;
}

/** What was found, and the workloads that it is about. */
export interface Findings {
  readonly connections: readonly Connection[];
  readonly pods: ReadonlyMap<Workload, PodHints>;
  readonly noticed: readonly Noticed[];
}

/**
 * A plan for each namespace with workloads, the easiest first: few connections to others, then few at all. With `only`, that
 * of one namespace, with the words that it needs from namespaces that are closed already.
 */
export function buildPlan(findings: Findings, kit: Kit, only: string | undefined): Plan {
  const openToAll: OpenToAll = new Map();
  const guesses = findings.connections.filter(({ sureness }) => sureness === 'guess');
  const known = findings.connections.filter(({ sureness }) => sureness !== 'guess');
  // Those that nothing later can narrow come first, so that what they cover is not asked for again.
  const decided = [...known, ...guesses].map((connection) => ({
    connection,
    outcome: propose(connection, kit, openToAll),
  }));
  const { cluster } = kit.inference;
  const namespaces = [...cluster.workloadsIn.keys()].filter((name) => !cluster.config.exclude.includes(name));
  const plans = namespaces
    .filter((name) => only === undefined || name === only)
    .map((name) => planNamespace(name, decided, findings, kit, only));
  return { namespaces: plans.filter(({ closes, objects }) => closes.length + objects.length > 0).sort(byEase) };
}

function byEase(a: NamespacePlan, b: NamespacePlan): number {
  return a.crossings - b.crossings || a.connections - b.connections || (a.name < b.name ? -1 : 1);
}

function planNamespace(
  name: string,
  decided: readonly Decided[],
  findings: Findings,
  kit: Kit,
  only: string | undefined,
): NamespacePlan {
  const here = decided.filter(({ connection }) => touches(connection, name));
  const sure = here.filter(({ connection }) => connection.sureness !== 'guess');
  const own = (proposal: Proposal): boolean =>
    proposal.namespace === name || (only === name && proposal.alsoFor === name);
  const { cluster } = kit.inference;
  return {
    name,
    hasObject: cluster.namespaces.has(name),
    closes: closesIn(name, kit),
    crossings: sure.filter(({ connection }) => !isInside(connection, name)).length,
    connections: sure.length,
    objects: withIsolation(name, objectsOf(sure, own, kit), kit),
    kept: [...sure.flatMap(keptNote), ...probeNote(name, findings.pods)],
    maybe: here
      .filter(({ connection }) => connection.sureness === 'guess')
      .flatMap(({ connection, outcome }) =>
        outcome.kind !== 'proposed'
          ? []
          : outcome.proposals.filter(own).map((proposal) => ({
              ...itemOf(proposal, connection),
              key: keyOf(proposal, kit),
              on: nameOf(proposal.on),
            })),
      ),
    unknown: [...sure.flatMap(unsayableNote), ...noticedIn(name, findings, kit), ...silentNote(name, here, findings)],
  };
}

function touches({ source, target }: Connection, namespace: string): boolean {
  return isIn(source, namespace) || isIn(target, namespace);
}

function isInside({ source, target }: Connection, namespace: string): boolean {
  return isIn(source, namespace) && isIn(target, namespace);
}

function isIn(end: End, namespace: string): boolean {
  return end.kind === 'pods' && end.namespace === namespace;
}

function closesIn(name: string, { inference, closedToday }: Kit): NamespacePlan['closes'] {
  const { cluster, isolation } = inference;
  return (cluster.workloadsIn.get(name) ?? []).flatMap((workload) => {
    const directions = DIRECTIONS.filter(
      (direction) =>
        isolation.closes(workload, direction) &&
        !closedToday(workload, direction) &&
        (workload.selector.length > 0 || isolation.wholeNamespace(name, direction)),
    );
    return directions.length === 0 ? [] : [{ resource: workload.resource, directions }];
  });
}

function objectsOf(decided: readonly Decided[], own: (proposal: Proposal) => boolean, kit: Kit): PlannedObject[] {
  const objects = new Map<Resource, Map<string, Map<string, PlanItem>>>();
  for (const { connection, outcome } of decided) {
    if (outcome.kind !== 'proposed') continue;
    for (const proposal of outcome.proposals.filter(own)) {
      const annotations = objects.get(proposal.on) ?? new Map<string, Map<string, PlanItem>>();
      const key = keyOf(proposal, kit);
      const items = annotations.get(key) ?? new Map<string, PlanItem>();
      items.set(proposal.text, mergeItems(items.get(proposal.text), itemOf(proposal, connection)));
      objects.set(proposal.on, annotations.set(key, items));
    }
  }
  return [...objects].map(([resource, annotations]) => ({
    resource,
    annotations: [...annotations].sort(byKey).map(([key, items]) => annotation(resource, key, items)),
  }));
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function annotation(resource: Resource, key: string, found: ReadonlyMap<string, PlanItem>): PlannedAnnotation {
  const items = [...found].sort(byKey).map(([, item]) => item);
  const said = resource.annotations[key]?.trimEnd();
  const added = items.map(({ text }) => text).join(', ');
  const isLines = said?.includes('\n') === true;
  // A comment ends with its line.
  const value =
    said === undefined || said === '' ? added : isLines ? `${said}\n${added}\n` : `${said.replace(/,$/, '')}, ${added}`;
  return { key, value, items };
}

function itemOf({ text, who, advice }: Proposal, { sureness, seen }: Connection): PlanItem {
  return { text, what: who.join(', '), sureness, seen, advice };
}

function mergeItems(known: PlanItem | undefined, item: PlanItem): PlanItem {
  if (known === undefined) return item;
  const names = new Set([...known.what.split(', '), ...item.what.split(', ')].filter((name) => name !== ''));
  return {
    ...known,
    what: [...names].join(', '),
    sureness: known.sureness === 'certain' ? known.sureness : item.sureness,
    seen: [...new Set([...known.seen, ...item.seen])],
  };
}

function keyOf({ direction }: Proposal, { inference }: Kit): string {
  return `${inference.cluster.config.annotationPrefix}${direction === 'Ingress' ? 'allow-from' : 'allow-to'}`;
}

/** Closes the namespace: by its object where that is here, else workload by workload. */
function withIsolation(name: string, objects: readonly PlannedObject[], kit: Kit): PlannedObject[] {
  const { cluster, isolation } = kit.inference;
  const namespace = cluster.namespaces.get(name);
  const closing =
    namespace !== undefined
      ? [namespace]
      : (cluster.workloadsIn.get(name) ?? [])
          .filter(
            ({ origin, resource, selector }) => origin === 'template' && !resource.generateName && selector.length > 0,
          )
          .filter((workload) => DIRECTIONS.every((direction) => isolation.closes(workload, direction)))
          .map(({ resource }) => resource);
  const key = `${cluster.config.annotationPrefix}isolate`;
  const isolate = { key, value: 'both', items: [] };
  const wanted = new Set(closing.filter(({ annotations }) => annotations[key] !== 'both'));
  const known = new Set(objects.map(({ resource }) => resource));
  const added = [...wanted]
    .filter((resource) => !known.has(resource))
    .map((resource) => ({ resource, annotations: [isolate] }));
  const all = objects.map((object) =>
    wanted.has(object.resource) ? { ...object, annotations: [...object.annotations, isolate] } : object,
  );
  return [
    ...added.filter(({ resource }) => resource.kind === 'Namespace'),
    ...[...all, ...added.filter(({ resource }) => resource.kind !== 'Namespace')].sort(byObject),
  ];
}

function byObject({ resource: a }: PlannedObject, { resource: b }: PlannedObject): number {
  return a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind < b.kind ? -1 : 1;
}

function keptNote({ connection, outcome }: Decided): PlanNote[] {
  return outcome.kind === 'kept' ? [{ what: describe(connection), why: outcome.why }] : [];
}

function unsayableNote({ connection, outcome }: Decided): PlanNote[] {
  return outcome.kind === 'unsayable'
    ? [{ what: describe(connection), why: `${connection.seen.join('; ')}: ${outcome.why}` }]
    : [];
}

function describe({ source, target }: Connection): string {
  return `${nameOfEnd(source)} to ${nameOfEnd(target)}`;
}

/** Kubernetes lets every plugin pass what a node sends to its own pods. */
function probeNote(name: string, pods: ReadonlyMap<Workload, PodHints>): PlanNote[] {
  const probed = [...pods].filter(([{ namespace }, { probes }]) => namespace === name && probes.length > 0).length;
  if (probed === 0) return [];
  const what = `the kubelet's probes of ${probed} ${probed === 1 ? 'workload' : 'workloads'}`;
  return [{ what, why: "they come from the pods' own node, which NetworkPolicy does not cut" }];
}

function noticedIn(name: string, { noticed, pods }: Findings, kit: Kit): PlanNote[] {
  const { isolation } = kit.inference;
  const ofNode = [...pods.keys()]
    .filter((workload) => workload.namespace === name && workload.hostNetwork && isolation.closes(workload, 'Egress'))
    .map(({ resource }) => ({
      what: nameOf(resource),
      why: 'is on the network of its node: no policy binds it, and others see the address of the node ("nodes" in a list)',
    }));
  const nameless = (kit.inference.cluster.workloadsIn.get(name) ?? [])
    .filter((workload) => workload.selector.length === 0 && isolation.closes(workload, 'Ingress'))
    .map(({ resource }) => ({
      what: nameOf(resource),
      why: `has no labels on its pods: ${
        isolation.wholeNamespace(name, 'Ingress')
          ? 'they are closed with their namespace, and no list can open them'
          : 'no policy can name them, so they stay open'
      }; give them a label first`,
    }));
  const unread = [...pods]
    .filter(([{ namespace }]) => namespace === name)
    .flatMap(([{ resource }, hints]) =>
      hints.unread.length === 0 ? [] : [{ what: nameOf(resource), why: unreadText(hints.unread) }],
    );
  const here = noticed.filter(({ namespace }) => namespace === name).map(({ what, why }) => ({ what, why }));
  const distinct = new Map(
    [...here, ...nameless, ...ofNode, ...unread].map((note) => [`${note.what} ${note.why}`, note]),
  );
  return [...distinct.values()];
}

/** Closing what nothing was found about is no safer for it. */
function silentNote(name: string, here: readonly Decided[], { pods }: Findings): PlanNote[] {
  const spoken = new Set(
    here.flatMap(({ connection: { source, target } }) =>
      [source, target].flatMap((end) => (end.kind === 'pods' ? end.workloads : [])),
    ),
  );
  const silent = [...pods.keys()].filter((workload) => workload.namespace === name && !spoken.has(workload));
  const what = silent.map(({ resource }) => nameOf(resource)).join(', ');
  return silent.length === 0
    ? []
    : [
        {
          what,
          why: `nothing here tells whom ${silent.length === 1 ? 'it connects' : 'they connect'} to, or who connects to ${silent.length === 1 ? 'it' : 'them'}`,
        },
      ];
}

function unreadText(unread: readonly string[]): string {
  const secrets = unread.filter((name) => name.startsWith('Secret'));
  const maps = unread.filter((name) => !name.startsWith('Secret'));
  const parts = [
    ...(secrets.length === 0 ? [] : [`takes variables from ${secrets.join(', ')}, and Secrets are never read`]),
    ...(maps.length === 0
      ? []
      : [`reads ${maps.join(', ')}, which ${maps.length === 1 ? 'is' : 'are'} not in these resources`]),
  ];
  return parts.join('; ');
}
