import type { Report } from '../model/problem.ts';
import type { Workload } from '../model/workload.ts';
import type { Cluster } from './cluster.ts';
import type { Connections } from './connections.ts';
import type { DnsPlan } from './dns.ts';
import { hostIn } from './host-in.ts';
import { placeOfSetting } from './place-of-setting.ts';
import { nameOf } from './subject.ts';

/** Reports hosts of pods without name resolution: nobody would learn the addresses that may be connected to. */
export function refuseUnheardHosts(
  { config, workloadsIn }: Cluster,
  { workloads, namespaces }: Connections,
  { refusedBy }: DnsPlan,
  report: Report,
): void {
  const refuse = (workload: Workload, host: string | undefined): void => {
    const refuser = host === undefined ? undefined : refusedBy(workload);
    if (refuser === undefined) return;
    const message =
      `must not say "none" while ${nameOf(workload.resource)} connects to hosts such as "${host}", ` +
      'whose addresses are learnt from its look-ups: leave it out, or write addresses instead of hosts';
    report({ ...placeOfSetting(config, refuser, 'dns'), code: 'host-without-dns', severity: 'error', message });
  };
  for (const [workload, { Egress }] of workloads) refuse(workload, hostIn(Egress));
  for (const [namespace, { Egress }] of namespaces) {
    const host = hostIn(Egress);
    if (host === undefined) continue;
    for (const workload of workloadsIn.get(namespace) ?? []) refuse(workload, host);
  }
}
