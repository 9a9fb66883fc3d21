import type { Config } from '../model/config.ts';
import type { Direction, Isolate } from '../model/direction.ts';
import type { Resource } from '../model/resource.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';
import { nameOf } from './subject.ts';
import { isRefusal, type Voice, type Voices } from './voice.ts';

/** What closed a direction, as provenance names it: `Namespace/shop postern.dev/isolate: both`. */
export interface ClosedBy {
  /** Of a workload: its own `isolate`, refusals, and what its namespace says. */
  readonly workload: (workload: Workload, direction: Direction) => readonly string[];
  readonly namespace: (namespace: string, direction: Direction) => readonly string[];
  /** The `isolate` of an object that lowers what its namespace says. */
  readonly isolate: (resource: Resource) => readonly string[];
}

/** Finds the words that close. Lists that open something stand in provenance already, by their items. */
export function findClosers(cluster: Cluster, { voices, settings }: Voices): ClosedBy {
  const { config, namespaces } = cluster;
  const words = { Ingress: wordsOf(voices, 'Ingress'), Egress: wordsOf(voices, 'Egress') };
  const isolate = (resource: Resource): readonly string[] => {
    const said = settings.get(resource)?.isolate;
    const annotation = `${config.annotationPrefix}isolate`;
    // What the config's rules and pods say is called as they call it.
    const isAnnotated = Object.hasOwn(resource.annotations, annotation);
    return said === undefined ? [] : [`${nameOf(resource)} ${isAnnotated ? annotation : 'isolate'}: ${said}`];
  };
  const isolateOf = (resource: Resource | undefined, direction: Direction): readonly string[] => {
    const said = resource && settings.get(resource)?.isolate;
    return resource !== undefined && said !== undefined && closes(said, direction) ? isolate(resource) : [];
  };
  const ofNamespace = (namespace: string, direction: Direction): readonly string[] => {
    const own = isolateOf(namespaces.get(namespace), direction);
    return [
      ...(own.length > 0 ? own : configCloses(config, direction)),
      ...(words[direction].namespaces.get(namespace) ?? []),
    ];
  };
  return {
    isolate,
    namespace: ofNamespace,
    workload: (workload, direction) => [
      ...isolateOf(workload.resource, direction),
      ...(words[direction].workloads.get(workload) ?? []),
      ...ofNamespace(workload.namespace, direction),
    ],
  };
}

/** Lists on Namespaces, which close every pod there, and refusals. */
interface Words {
  readonly workloads: ReadonlyMap<Workload, readonly string[]>;
  readonly namespaces: ReadonlyMap<string, readonly string[]>;
}

function wordsOf(voices: readonly Voice[], direction: Direction): Words {
  const workloads = new Map<Workload, string[]>();
  const namespaces = new Map<string, string[]>();
  for (const { subject, list } of voices) {
    if (list.direction !== direction || (subject.kind !== 'namespace' && !isRefusal(list))) continue;
    const word = `${nameOf(list.subject)} ${list.origin}: ${list.items.map(({ text }) => text).join(', ')}`;
    if (subject.kind === 'namespace') push(namespaces, subject.namespace, word);
    else for (const workload of subject.workloads) push(workloads, workload, word);
  }
  return { workloads, namespaces };
}

function push<Key>(words: Map<Key, string[]>, key: Key, word: string): void {
  const known = words.get(key);
  if (known === undefined) words.set(key, [word]);
  else known.push(word);
}

function configCloses({ isolate, minimum }: Config, direction: Direction): readonly string[] {
  if (isolate !== undefined && closes(isolate, direction)) return [`config isolate: ${isolate}`];
  return closes(minimum.isolate, direction) ? [`config minimum.isolate: ${minimum.isolate}`] : [];
}

function closes(isolate: Isolate, direction: Direction): boolean {
  return isolate === 'both' || isolate === direction.toLowerCase();
}
