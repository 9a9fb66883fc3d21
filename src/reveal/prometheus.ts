import type { Workload } from '../model/workload.ts';
import { prometheus } from './outsiders.ts';
import { endOf, type RevealScene } from './reveal-scene.ts';
import type { End } from './revealed.ts';

/** The Prometheus pods of the input; those of an operator are known by their Service. */
export function findPrometheus(scene: RevealScene): readonly End[] {
  const found = scene.cluster.workloads.filter(isPrometheus).map((workload) => endOf(scene, workload));
  return found.length > 0 ? found : [prometheus(scene.cluster.config)];
}

function isPrometheus({ labels, resource, origin }: Workload): boolean {
  const name = labels['app.kubernetes.io/name'] ?? labels['app'];
  const component = labels['app.kubernetes.io/component'] ?? labels['component'];
  const isServer = component === undefined || component === 'prometheus' || component === 'server';
  return name === 'prometheus' ? isServer : origin !== 'service' && /^prometheus(?:-server)?$/.test(resource.name);
}
