import { nameOf } from '../../infer/subject.ts';
import { apiServerCalled } from '../outsiders.ts';
import { endOf, type RevealScene } from '../reveal-scene.ts';
import type { Revealed } from '../revealed.ts';
import { EVERY_DECLARED } from '../wanted-ports.ts';

/** Workloads whose ServiceAccount has rights: they call the API server. */
export function revealApiClients(scene: RevealScene): Revealed[] {
  const target = apiServerCalled(scene.cluster.config);
  return [...scene.pods].flatMap(([workload, { serviceAccount }]) => {
    const binding = scene.bound.get(`${workload.namespace}/${serviceAccount}`);
    if (binding === undefined) return [];
    const seen = `ServiceAccount "${serviceAccount}" in ${nameOf(binding)}`;
    return [{ source: endOf(scene, workload), target, ports: EVERY_DECLARED, sureness: 'likely' as const, seen }];
  });
}
