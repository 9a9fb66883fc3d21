import type { PortRange, PortSet } from '../../model/port.ts';
import type { StringMap } from '../../model/resource.ts';
import type { Workload } from '../../model/workload.ts';
import { portSet, subtract, union } from '../../policy/port-set.ts';
import type { Mesh } from '../meshes.ts';

/** How a pod's proxy takes part in a connection. */
export interface ProxyProfile {
  /** The port on which it takes what comes from other proxies. */
  readonly inbound: number;
  /** TCP ports of the pod that other proxies call directly. */
  readonly direct: PortSet;
  /** TCP ports of others that this pod's own proxy leaves alone. */
  readonly skipOutbound: PortSet;
}

const CONFIG = 'config.linkerd.io/';
/** What an installation of Linkerd skips: the ports of Galera. */
const SKIPPED = '4567,4568';

/** The profile of a pod, by what it or its namespace says; of pods that nobody describes, that of the installation. */
export function profileOf(
  mesh: Mesh,
  inbound: number,
  pod: Pick<Workload, 'podAnnotations'> | undefined,
  namespace: { readonly annotations: StringMap } | undefined,
): ProxyProfile {
  if (mesh.name !== 'linkerd') return { inbound, direct: [], skipOutbound: [] };
  const said = (key: string): string | undefined =>
    pod?.podAnnotations[CONFIG + key] ?? namespace?.annotations[CONFIG + key];
  const ports = (key: string, usual: string): PortSet => readMeshPorts(said(key) ?? usual);
  // The ports of the proxy itself are never tunnelled.
  const admin = union(ports('admin-port', '4191'), ports('control-port', '4190'));
  return {
    inbound: firstPort(said('inbound-port')) ?? inbound,
    direct: union(admin, ports('skip-inbound-ports', SKIPPED)),
    skipOutbound: ports('skip-outbound-ports', SKIPPED),
  };
}

/** The port of the server's proxy where a client's proxy would call it for some of these ports. */
export function proxyPortFor(client: ProxyProfile, server: ProxyProfile, ports: PortSet): number | undefined {
  if (ports === 'all') return undefined;
  const tcp = ports.filter(({ protocol }) => protocol === 'TCP');
  const carried = subtract(subtract(tcp, server.direct), client.skipOutbound);
  return carried === 'all' || carried.length > 0 ? server.inbound : undefined;
}

/** `25,587,8000-8100`; what is no port is left out, as the mesh does. */
export function readMeshPorts(text: string): readonly PortRange[] {
  return portSet(
    text.split(',').flatMap((part): PortRange[] => {
      const [, from, to = from] = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part) ?? [];
      const range = { protocol: 'TCP' as const, port: Number(from), endPort: Number(to) };
      return isPort(range.port) && isPort(range.endPort) && range.port <= range.endPort ? [range] : [];
    }),
  );
}

function firstPort(text: string | undefined): number | undefined {
  return text === undefined ? undefined : readMeshPorts(text)[0]?.port;
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 65535;
}
