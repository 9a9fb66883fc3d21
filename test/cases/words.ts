import type { Flavour, Lists, Said } from './annotate.ts';
import { type Cluster, type ClusterWorkload, servicesOf } from './cluster.ts';
import { type Additions, writeAnnotations } from './write-annotations.ts';

/** A case as its user feeds it to Postern. */
export interface Words {
  readonly text: string;
  /** `spec` of the NetworkPolicyGenerator. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * Puts what is said where a user can put it: annotations on documents; the config's `rules` for objects inside lists, and
 * for everything in the flavour of grants, as for a chart that cannot be edited; the config's `pods` for those of an operator.
 */
export function putWords(text: string, said: Said, cluster: Cluster, flavour: Flavour): Words {
  const isEditable = (inList: boolean): boolean => !inList && flavour !== 'grants';
  const speaking = [...said.workloads]
    .filter(([, lists]) => isSaid(lists))
    .map(([id, lists]) => ({ workload: workloadOf(cluster, id), lists }));
  const operated = speaking.filter(({ workload }) => workload.form === 'custom');
  const [edited, ruled] = split(
    speaking.filter(({ workload }) => workload.form !== 'custom'),
    ({ workload }) => isEditable(workload.form === 'list-item'),
  );
  const [editedNamespaces, ruledNamespaces] = split([...said.namespaces], ([name]) =>
    isEditable(cluster.namespacesInLists.includes(name)),
  );
  const additions: Additions = new Map([
    ...edited.map(({ workload, lists }) => [workload.id, annotationsOf(lists)] as const),
    ...[...said.services].map(([id, items]) => [id, { 'allow-from': items }] as const),
    ...editedNamespaces.map(([name, isolate]) => [`/Namespace/${name}`, { isolate: [isolate] }] as const),
  ]);
  const rules = [
    ...ruled.map(({ workload, lists }) => ({ target: targetOf(workload), ...fieldsOf(lists) })),
    ...ruledNamespaces.map(([name, isolate]) => ({ target: { kind: 'Namespace', name }, isolate })),
  ];
  const pods = operated.map(({ workload, lists }) => ({ ...podsEntry(cluster, workload), ...fieldsOf(lists) }));
  const spec = { ...said.config, ...(pods.length === 0 ? {} : { pods }), ...(rules.length === 0 ? {} : { rules }) };
  return { text: writeAnnotations(text, additions), spec };
}

/** Those for which it holds, and the others. */
function split<Value>(
  values: readonly Value[],
  holds: (value: Value) => boolean,
): [readonly Value[], readonly Value[]] {
  return [values.filter(holds), values.filter((value) => !holds(value))];
}

function isSaid(lists: Lists): boolean {
  return lists.allowFrom.length > 0 || lists.allowTo.length > 0 || lists.isolate !== undefined || lists.noDns;
}

function annotationsOf(lists: Lists): Readonly<Record<string, readonly string[]>> {
  return {
    ...(lists.allowFrom.length === 0 ? {} : { 'allow-from': lists.allowFrom }),
    ...(lists.allowTo.length === 0 ? {} : { 'allow-to': lists.allowTo }),
    ...(lists.isolate === undefined ? {} : { isolate: [lists.isolate] }),
    ...(lists.noDns ? { dns: ['none'] } : {}),
  };
}

/** The same words as fields of the config. */
function fieldsOf(lists: Lists): Readonly<Record<string, unknown>> {
  return {
    ...(lists.allowFrom.length === 0 ? {} : { allowFrom: lists.allowFrom.join(', ') }),
    ...(lists.allowTo.length === 0 ? {} : { allowTo: lists.allowTo.join(', ') }),
    ...(lists.isolate === undefined ? {} : { isolate: lists.isolate }),
    ...(lists.noDns ? { dns: 'none' } : {}),
  };
}

function targetOf(workload: ClusterWorkload): object {
  const { kind, name, namespace, namespaceWritten } = workload;
  return { kind, name, ...(namespaceWritten ? { namespace } : {}) };
}

/** Pods of an operator are known by the selector of the Service in front of them. */
function podsEntry(cluster: Cluster, workload: ClusterWorkload): object {
  const { name, namespace, labels, ports } = workload;
  const [service] = servicesOf(cluster, workload);
  return {
    name,
    namespace,
    podSelector: { matchLabels: service?.selector ?? labels },
    ports: ports.map((port) => ({ name: port.name, containerPort: port.port, protocol: port.protocol })),
  };
}

function workloadOf(cluster: Cluster, id: string): ClusterWorkload {
  const workload = cluster.workloads.get(id);
  if (workload === undefined) throw new Error(`edges.txt names ${id}, which the input lacks`);
  return workload;
}
