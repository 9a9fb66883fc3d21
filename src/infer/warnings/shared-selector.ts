import { placeOf } from '../../model/problem.ts';
import type { Workload } from '../../model/workload.ts';
import { controllersOf } from '../controllers.ts';
import { selectWorkloads } from '../label-index.ts';
import { nameOf } from '../subject.ts';
import type { Finished } from './warning.ts';

/** A selector that finds pods of another workload too: what is said for one goes for both. */
export function warnSharedSelectors({ cluster, connections, policies, report }: Finished): void {
  const subjects = new Set(policies.map(({ subject }) => subject));
  const peers = new Set([...connections.asks, ...connections.grants].flatMap(({ peer }) => peer.workloads));
  const told = new Set<string>();
  for (const workload of cluster.workloads) {
    if (!subjects.has(workload.resource) && !peers.has(workload)) continue;
    if (workload.selector.length === 0) continue;
    const found = selectWorkloads(cluster.labelIndex, workload.namespace, workload.selector);
    if (found.length === 1 && found[0] === workload) continue;
    const strangers = found.filter((other) => other !== workload && !isTwin(other, workload));
    const others = strangers.map(({ resource }) => nameOf(resource));
    const [first] = others;
    const name = nameOf(workload.resource);
    // Two that find each other are told of once.
    if (first === undefined || others.every((other) => told.has(`${other} ${name}`))) continue;
    for (const other of others) told.add(`${name} ${other}`);
    const more = others.length === 1 ? '' : ` and of ${others.length - 1} more`;
    const message = `has a selector that finds the pods of ${first}${more} too, so its rules go for them as well: ${waysOut(workload, strangers)}`;
    report({ ...placeOf(workload.resource), code: 'shared-selector', severity: 'warning', message });
  }
}

/** A selector that is too wide for labels that differ already is to be narrowed by them. */
function waysOut({ labels }: Workload, others: readonly Workload[]): string {
  const isOwn = (key: string): boolean => others.every((other) => other.labels[key] !== labels[key]);
  return Object.keys(labels).some(isOwn)
    ? 'add to the selector a label of its pods that those do not have'
    : 'give its pods a label that those do not have, and add it to the selector';
}

/** Pods of one controller, or of the other itself, are meant alike; a Service's stand-in only names pods that others make. */
function isTwin(other: Workload, workload: Workload): boolean {
  if (other.origin === 'service' || workload.origin === 'service') return true;
  const [theirs, ours] = [ancestry(other), ancestry(workload)];
  return theirs.some((name) => ours.includes(name));
}

function ancestry(workload: Workload): readonly string[] {
  const { kind, name, generateName } = workload.resource;
  const own = generateName ? [] : [{ kind, name }];
  return [...own, ...controllersOf(workload)].map((one) => `${one.kind}/${one.name}`);
}
