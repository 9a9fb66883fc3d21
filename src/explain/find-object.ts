import type { Item, PeerTerm } from '../model/declaration.ts';
import type { End } from '../model/end.ts';
import { nearest } from '../model/nearest.ts';
import type { Resource } from '../model/resource.ts';
import type { Service } from '../model/service.ts';
import type { Workload } from '../model/workload.ts';
import type { Looking, Side } from './side.ts';

type NameTerm = Extract<PeerTerm, { kind: 'name' }>;

/** An object that a name may mean. */
interface Candidate {
  readonly namespace: string;
  /** Its names without a namespace: the present one and earlier ones. */
  readonly names: readonly string[];
  readonly ends: readonly End[];
  readonly resource: Resource;
  readonly service: Service | undefined;
}

/**
 * The workload or Service of a name: in the namespace that is written, else in those of the other side, else wherever
 * there is just one. A workload comes before a Service of the same pods, as in lists.
 */
export function findObject(term: NameTerm, item: Item, looking: Looking, reports: boolean): Side | undefined {
  const all = candidatesOf(looking);
  const called = all.filter(({ names }) => names.includes(term.name));
  const found = closest(called, term, looking.near);
  const [first] = found;
  if (first === undefined) {
    if (reports) reportUnknown(term, item, all, looking);
    return undefined;
  }
  const places = new Set(
    found.map(({ ends }) =>
      ends
        .map(({ name }) => name)
        .sort()
        .join(),
    ),
  );
  const workload = found.find(({ service }) => service === undefined);
  if (places.size > 1) {
    reportAmbiguous(item, found, looking);
    return undefined;
  }
  return sideOf(workload ?? first, item, looking);
}

function sideOf(
  { ends, resource, service, namespace }: Candidate,
  item: Item,
  { problems }: Looking,
): Side | undefined {
  const name = namespace === '' ? resource.name : `${namespace}/${resource.name}`;
  if (ends.length > 0) {
    const called = service === undefined ? (ends[0]?.name ?? name) : `Service ${name}`;
    return { name: called, ends, object: resource, service, ports: item.ports, item: name };
  }
  const message = `must have pods behind it, got "${item.text}": write its addresses, as policies see them`;
  problems.push({ code: 'unknown-end', severity: 'error', message, got: item.text });
  return undefined;
}

function candidatesOf({ observed: { ends, cluster } }: Looking): readonly Candidate[] {
  const own = ends.filter(({ workloads }) => workloads.length > 0);
  const endOf = new Map(own.flatMap((end) => end.workloads.map((workload) => [workload, end] as const)));
  const workloads = own.flatMap((end): Candidate[] => {
    const [workload] = end.workloads;
    if (workload === undefined || workload.origin === 'service') return [];
    return [
      {
        namespace: workload.namespace,
        names: namesOf(end),
        ends: [end],
        resource: workload.resource,
        service: undefined,
      },
    ];
  });
  const groups = cluster.groups.map((group): Candidate => {
    const { resource, namespace, service } = group;
    return {
      namespace,
      names: [resource.name, ...resource.previousNames],
      ends: endsOf(group.workloads, endOf),
      resource,
      service,
    };
  });
  return [...workloads, ...groups];
}

/** Of a controller that the input does not have, its own name and those of its Pods. */
function namesOf({ name, namespace, workloads }: End): readonly string[] {
  const local = namespace === undefined || namespace === '' ? name : name.slice(namespace.length + 1);
  const given = workloads.flatMap(({ resource }) => [resource.name, ...resource.previousNames]);
  return [...new Set([local.replace(/ [(#].*$/, ''), local, ...given])];
}

function endsOf(workloads: readonly Workload[], endOf: ReadonlyMap<Workload, End>): readonly End[] {
  return [...new Set(workloads.flatMap((workload) => endOf.get(workload) ?? []))];
}

function closest(called: readonly Candidate[], { namespace }: NameTerm, near: readonly string[]): readonly Candidate[] {
  if (namespace !== undefined) return called.filter((one) => one.namespace === namespace);
  const beside = called.filter((one) => near.includes(one.namespace));
  return beside.length > 0 ? beside : called;
}

function reportUnknown(term: NameTerm, item: Item, all: readonly Candidate[], { problems }: Looking): void {
  const elsewhere = all.find(({ names }) => names.includes(term.name));
  const written = term.namespace === undefined ? term.name : `${term.namespace}/${term.name}`;
  const known = all.flatMap(({ namespace, resource: { name } }) =>
    term.namespace === undefined ? [name] : [`${namespace}/${name}`],
  );
  const near = elsewhere === undefined ? nearest(written, known) : qualified(elsewhere);
  const suffix = item.text.startsWith(written) ? item.text.slice(written.length) : '';
  const hint = near === undefined ? '; postern matrix lists what there is' : ` (did you mean "${near}${suffix}"?)`;
  const message = `must name a workload or Service of the input, got "${item.text}"${hint}`;
  problems.push({ code: 'unknown-end', severity: 'error', message, got: item.text });
}

function reportAmbiguous(item: Item, found: readonly Candidate[], { problems }: Looking): void {
  const names = [...new Set(found.map((one) => `${one.resource.kind} "${qualified(one)}"`))].sort();
  const advice =
    new Set(found.map(qualified)).size > 1 ? 'write its namespace too' : 'write the labels of the pods that you mean';
  const message = `must mean one object, got "${item.text}", which may be ${names.join(' or ')}: ${advice}`;
  problems.push({ code: 'unknown-end', severity: 'error', message, got: item.text });
}

function qualified({ namespace, resource: { name } }: Candidate): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}
