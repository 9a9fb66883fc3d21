import type { Config, PodsEntry, RuleEntry } from '../model/config.ts';
import type { Item, ListDeclaration, RequestDeclaration, Settings } from '../model/declaration.ts';
import type { Direction } from '../model/direction.ts';
import type { Place, Report } from '../model/problem.ts';
import type { Resource } from '../model/resource.ts';
import { selects } from '../policy/match-labels.ts';
import { addSettings } from './add-settings.ts';
import type { Cluster } from './cluster.ts';
import { type Subject, subjectOf } from './subject.ts';

/** A list with the pods that it speaks for. */
export interface Voice {
  readonly subject: Subject;
  readonly list: ListDeclaration;
}

/** Everything that was declared, by annotations and by the config. */
export interface Voices {
  readonly voices: readonly Voice[];
  readonly settings: ReadonlyMap<Resource, Settings>;
  readonly requests: readonly RequestDeclaration[];
}

/** What annotations say of who may connect. */
export interface Declared extends Omit<Voices, 'voices'> {
  readonly lists: readonly ListDeclaration[];
}

/** Joins what the objects say with what the config's `rules` and `pods` say for them. */
export function gatherVoices(cluster: Cluster, annotated: Declared, report: Report): Voices {
  const settings = new Map(annotated.settings);
  const lists = [...annotated.lists];
  const requests = [...annotated.requests];
  // Of several rules for one object the last one stands, as with patches.
  const configured = new Map<Resource, Settings>();
  for (const said of [...rulesSay(cluster, report), ...podsSay(cluster)]) {
    lists.push(...said.lists);
    requests.push(...said.requests);
    configured.set(said.resource, { ...configured.get(said.resource), ...said.settings });
  }
  for (const [resource, added] of configured) settings.set(resource, addSettings(settings.get(resource), added));
  shareSettings(cluster, settings);
  const voices: Voice[] = [];
  for (const list of lists) {
    const subject = subjectOf(cluster, list.subject);
    if (subject !== undefined && hasPods(subject, list, report)) voices.push({ subject, list });
  }
  return { voices, settings, requests };
}

/** What another name of a workload says goes for the workload, as far as it says nothing itself. */
function shareSettings({ groups }: Cluster, settings: Map<Resource, Settings>): void {
  for (const { resource, service, workloads } of groups) {
    const said = settings.get(resource);
    if (said === undefined || service !== undefined) continue;
    for (const workload of workloads) settings.set(workload.resource, { ...said, ...settings.get(workload.resource) });
  }
}

/** Whether a list refuses: its single item is `none`. */
export function isRefusal({ items }: ListDeclaration): boolean {
  return items.some(({ peer }) => peer.kind === 'keyword' && peer.keyword === 'none');
}

interface Said {
  readonly resource: Resource;
  readonly lists: readonly ListDeclaration[];
  readonly settings: Settings;
  readonly requests: readonly RequestDeclaration[];
}

function rulesSay(cluster: Cluster, report: Report): Said[] {
  if (cluster.config.rules.length === 0) return [];
  const resources = [
    ...[...cluster.workloadOf.values()].filter(({ origin }) => origin === 'template').map(({ resource }) => resource),
    ...cluster.groups.map(({ resource }) => resource),
    ...cluster.namespaces.values(),
  ];
  return cluster.config.rules.flatMap((rule) => {
    const targets = resources.filter((resource) => matchesTarget(rule.target, resource, cluster.config));
    if (targets.length === 0) {
      report({
        ...rule.place,
        code: 'unmatched-rule',
        severity: 'error',
        message:
          'must match an object of these resources: no workload, Service or Namespace has this kind, name and namespace',
      });
    }
    return targets.map((resource) => saidFor(rule, resource));
  });
}

function podsSay({ config, groups }: Cluster): Said[] {
  // buildCluster keeps the groups of `pods` first and in their order.
  return config.pods.flatMap((entry, index) => {
    const resource = groups[index]?.resource;
    return resource === undefined ? [] : [saidFor(entry, resource)];
  });
}

function saidFor(entry: RuleEntry | PodsEntry, resource: Resource): Said {
  const { http, place } = entry;
  return {
    resource,
    lists: listsOf(entry, resource),
    settings: settingsOf(entry),
    requests: http === undefined ? [] : [{ lines: http, subject: resource, ...written(place, 'http') }],
  };
}

function listsOf(entry: RuleEntry | PodsEntry, subject: Resource): ListDeclaration[] {
  const list = (direction: Direction, field: string, items: readonly Item[] | undefined): ListDeclaration[] =>
    items === undefined ? [] : [{ direction, items, subject, ...written(entry.place, field) }];
  return [...list('Ingress', 'allowFrom', entry.allowFrom), ...list('Egress', 'allowTo', entry.allowTo)];
}

function settingsOf({ isolate, trust, noDns }: RuleEntry | PodsEntry): Settings {
  return {
    ...(isolate === undefined ? {} : { isolate }),
    ...(trust === undefined ? {} : { trust }),
    ...(noDns ? { noDns } : {}),
  };
}

/** Where a field of an entry is, for problems, and how provenance calls it: `rules[0].allowFrom`. */
function written(entry: Place, name: string): Pick<ListDeclaration, 'place' | 'origin'> {
  const field = entry.field === undefined ? name : `${entry.field}.${name}`;
  return { place: { ...entry, field }, origin: field.replace(/^spec\./, '') };
}

function matchesTarget(target: RuleEntry['target'], resource: Resource, config: Config): boolean {
  const slash = resource.apiVersion.indexOf('/');
  const group = slash < 0 ? '' : resource.apiVersion.slice(0, slash);
  const version = resource.apiVersion.slice(slash + 1);
  const namespaces = [resource.namespace ?? config.namespace ?? '', ...resource.previousNamespaces];
  return (
    matchesSome(target.group, [group]) &&
    matchesSome(target.version, [version]) &&
    matchesSome(target.kind, [resource.kind]) &&
    matchesSome(target.name, [resource.name, ...resource.previousNames]) &&
    matchesSome(target.namespace, namespaces) &&
    selects(target.labelSelector ?? [], resource.labels) &&
    selects(target.annotationSelector ?? [], resource.annotations)
  );
}

/** As in Kustomize's patches, each field is a regular expression that the whole of a name must match. */
function matchesSome(pattern: string | undefined, names: readonly string[]): boolean {
  if (pattern === undefined) return true;
  const anchored = new RegExp(`^(?:${pattern})$`);
  return names.some((name) => anchored.test(name));
}

function hasPods(subject: Subject, { place }: ListDeclaration, report: Report): boolean {
  if (subject.kind !== 'workloads' || subject.workloads.length > 0) return true;
  const message =
    'must be on an object with pods: this Service has no selector, so nothing says which pods it speaks for';
  report({ ...place, code: 'no-pods', severity: 'error', message });
  return false;
}
