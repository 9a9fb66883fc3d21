import type { Finished } from './warning.ts';

/** With the proxies' port open, the network no longer tells one port of a pod from another. */
export function noteMeshWidens({ cluster, connections, membership, isolation, report }: Finished): void {
  if (membership?.mesh.port === undefined || cluster.config.identity !== undefined) return;
  const origin = `mesh: ${membership.mesh.name}`;
  const isWidened = (rules: { readonly Ingress: ReadonlyMap<string, { readonly origins: readonly string[] }> }) =>
    [...rules.Ingress.values()].some(({ origins }) => origins.includes(origin));
  const spaces = new Set([...connections.namespaces].filter(([, rules]) => isWidened(rules)).map(([name]) => name));
  const widened = cluster.workloads.filter((workload) => {
    if (membership.has(workload) !== true || !isolation.closes(workload, 'Ingress')) return false;
    const own = connections.workloads.get(workload);
    return spaces.has(workload.namespace) || (own !== undefined && isWidened(own));
  });
  const [first] = widened;
  if (first === undefined) return;
  const others = widened.length === 1 ? '' : ` and ${widened.length - 1} more`;
  const message =
    `opens port ${membership.profile(first).inbound} of ${first.resource.name}${others} beside the declared ports, ` +
    `since ${membership.mesh.title}'s proxies connect there: to a meshed caller of one port, every port of these pods ` +
    `is open at the network level. Say "identity: ${membership.mesh.name === 'linkerd' ? 'linkerd' : 'istio'}" to name the ports again`;
  const place = { ...cluster.config.place, field: 'spec.mesh' };
  report({ ...place, code: 'mesh-widens', severity: 'info', message });
}
