import type { ClusterWidePlan } from '../../model/cluster-wide-plan.ts';
import { placeOf, type Report } from '../../model/problem.ts';
import type { Inference } from '../infer.ts';

/** Warns of objects that want no name resolution, where policies of the whole cluster open it for every pod. */
export function warnOfDnsForAll(
  { config, dns }: ClusterWidePlan,
  { cluster, voices }: Inference,
  report: Report,
): void {
  if (dns.length === 0 || config.defaultDeny === 'none' || config.defaultDeny === 'ingress') return;
  const annotation = `${cluster.config.annotationPrefix}dns`;
  for (const [resource, { noDns }] of voices.settings) {
    if (noDns !== true) continue;
    const isAnnotated = Object.hasOwn(resource.annotations, annotation);
    const message =
      'says "none", and clusterWide.dns opens name resolution for every pod: ' +
      'set clusterWide.dns to false, so that it is open for the pods of these resources that may have it';
    const place = placeOf(resource, isAnnotated ? `metadata.annotations["${annotation}"]` : undefined);
    report({ ...place, code: 'dns-cluster-wide', severity: 'warning', message });
  }
}
