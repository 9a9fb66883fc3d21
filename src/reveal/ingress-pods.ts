import type { Workload } from '../model/workload.ts';
import { endOf, type RevealScene } from './reveal-scene.ts';
import type { PodsEnd } from './revealed.ts';

/** What charts of ingress controllers call their pods, and the class that they serve. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['ingress-nginx', 'nginx'],
  ['traefik', 'traefik'],
  ['kubernetes-ingress', 'haproxy'],
  ['kong', 'kong'],
]);

/** The ingress controllers of the input that serve a class; without a class, those that there are. */
export function findController(className: string | undefined, scene: RevealScene): readonly PodsEnd[] {
  return scene.cluster.workloads
    .filter((workload) => serves(workload, className))
    .map((workload) => endOf(scene, workload));
}

function serves({ labels, origin, resource }: Workload, className: string | undefined): boolean {
  const served = NAMES.get(labels['app.kubernetes.io/name'] ?? '');
  const component = labels['app.kubernetes.io/component'];
  const isController = component === undefined || component === 'controller';
  if (served === undefined || !isController || origin === 'config' || /Job$/.test(resource.kind)) return false;
  return className === undefined || className === served;
}
