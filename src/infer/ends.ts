import type { End } from '../model/end.ts';
import type { Endpoint } from '../model/flow.ts';
import type { Workload } from '../model/workload.ts';
import { parseIpRange, printIpAddress } from '../policy/ip-range.ts';
import type { Cluster } from './cluster.ts';
import { controllersOf } from './controllers.ts';
import { endpointOf } from './endpoint.ts';

/**
 * Every workload as an end of connections. Pods whose controller's template is in the input are that one's; those of a
 * controller that is not, and that are alike, are one end.
 */
export function endsOfWorkloads(cluster: Cluster): readonly End[] {
  const owners = new Map(
    cluster.workloads.map((workload) => [keyOfOwner(workload.namespace, workload.resource), workload]),
  );
  const groups = new Map<string, Workload[]>();
  for (const workload of cluster.workloads) {
    const owner = controllersOf(workload).map((one) => owners.get(keyOfOwner(workload.namespace, one)));
    const shown = owner.find((found) => found !== undefined) ?? workload;
    const key = keyOf(shown);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [shown]);
    else if (!known.includes(shown)) known.push(shown);
  }
  return nameApart([...groups.values()]).map(({ name, workloads }) => endOf(cluster, name, workloads));
}

function keyOfOwner(namespace: string, { kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${namespace}/${name}`;
}

/** The objects that one end stands for, and their name. */
interface Named {
  readonly name: string;
  readonly workloads: readonly Workload[];
}

function endOf(cluster: Cluster, name: string, workloads: readonly Workload[]): End {
  const [workload] = workloads as readonly [Workload, ...Workload[]];
  const { namespace, hostNetwork } = workload;
  const endpoint = hostNetwork ? nodeOf(cluster) : endpointOf(cluster, workload);
  return { kind: hostNetwork ? 'host' : 'workload', name, namespace, endpoint, workloads };
}

/**
 * Pods on the network of their node have its address, so no selector finds them and no policy binds them. The first
 * address of the config's `nodes` stands for them all; without it they are in no ipBlock.
 */
function nodeOf({ config }: Cluster): Endpoint {
  const range = parseIpRange(config.nodes[0] ?? '');
  return { kind: 'ip', address: range === undefined ? '' : printIpAddress(range.network), of: 'node' };
}

/** The last of its controllers names what a Pod belongs to: the Deployment rather than the ReplicaSet. */
function ownerOf(workload: Workload): { readonly kind: string; readonly name: string } {
  return controllersOf(workload).at(-1) ?? workload.resource;
}

/** Labels that controllers set to tell the pods of one template apart. */
const OF_ONE_POD: ReadonlySet<string> = new Set([
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
  'batch.kubernetes.io/job-name',
  'job-name',
]);

function keyOf(workload: Workload): string {
  const { namespace, labels, ports, hostNetwork, controller, resource } = workload;
  const { kind, name } = ownerOf(workload);
  if (controller === undefined)
    return JSON.stringify([namespace, kind, name, resource.source.item, resource.apiVersion]);
  const lasting = Object.entries(labels).filter(([key]) => !OF_ONE_POD.has(key));
  return JSON.stringify([namespace, kind, name, lasting.sort(), ports, hostNetwork]);
}

/** `shop/web`; with the kind where several objects are called so, and a number where that does not help. */
function nameApart(groups: readonly (readonly Workload[])[]): readonly Named[] {
  const named = groups.map((workloads): Named => {
    const [workload] = workloads as readonly [Workload, ...Workload[]];
    const { name } = ownerOf(workload);
    return { name: workload.namespace === '' ? name : `${workload.namespace}/${name}`, workloads };
  });
  return numberRepeated(
    repeated(named, ({ workloads: [workload] }) => (workload === undefined ? '' : ownerOf(workload).kind)),
  );
}

function repeated(named: readonly Named[], tell: (named: Named) => string): readonly Named[] {
  const count = countNames(named);
  return named.map((one) => ((count.get(one.name) ?? 0) > 1 ? { ...one, name: `${one.name} (${tell(one)})` } : one));
}

function numberRepeated(named: readonly Named[]): readonly Named[] {
  const count = countNames(named);
  const met = new Map<string, number>();
  return named.map((one) => {
    if ((count.get(one.name) ?? 0) < 2) return one;
    const number = (met.get(one.name) ?? 0) + 1;
    met.set(one.name, number);
    return { ...one, name: `${one.name} #${number}` };
  });
}

function countNames(named: readonly Named[]): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const { name } of named) count.set(name, (count.get(name) ?? 0) + 1);
  return count;
}
