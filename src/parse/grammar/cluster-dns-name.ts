import { isDnsLabel } from './dns-name.ts';

/** `namespace/name` of a name in the cluster's DNS: `web.shop.svc`, `pg-0.pg.data.svc.cluster.local`. */
export function clusterDnsName(text: string): string | undefined {
  const labels = text.toLowerCase().split('.');
  const svc = labels.indexOf('svc');
  const [name, namespace] = [labels[svc - 2], labels[svc - 1]];
  if (name === undefined || namespace === undefined) return undefined;
  return isDnsLabel(name) && isDnsLabel(namespace) ? `${namespace}/${name}` : undefined;
}
