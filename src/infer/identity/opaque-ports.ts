import type { StringMap } from '../../model/resource.ts';
import type { Service } from '../../model/service.ts';
import type { Workload } from '../../model/workload.ts';
import { hasPort } from '../../policy/port-set.ts';
import { readMeshPorts } from '../mesh/proxy-profile.ts';

const ANNOTATION = 'config.linkerd.io/opaque-ports';
/** What an installation of Linkerd takes for opaque. */
const USUAL = '25,587,3306,4444,5432,6379,9300,11211';

/**
 * Whether a proxy must not look for HTTP on a port: a server that speaks first would never be heard. A Server object
 * takes the place of the annotations, so it has to repeat them.
 */
export function isOpaque(
  port: number,
  workload: Workload,
  services: readonly Service[],
  namespace: { readonly annotations: StringMap } | undefined,
): boolean {
  const said = workload.podAnnotations[ANNOTATION] ?? namespace?.annotations[ANNOTATION] ?? USUAL;
  if (hasPort(readMeshPorts(said), 'TCP', port)) return true;
  const names = workload.ports.filter((declared) => declared.port === port).map(({ name }) => name);
  return services.some(({ resource, ports }) => {
    const listed = readMeshPorts(resource.annotations[ANNOTATION] ?? '');
    return ports.some(
      ({ port: own, targetPort }) =>
        (targetPort === port || names.includes(String(targetPort))) &&
        (hasPort(listed, 'TCP', own) || hasPort(listed, 'TCP', port)),
    );
  });
}
