import { nameOf } from '../../infer/subject.ts';
import { OUTSIDE } from '../outsiders.ts';
import { endOfService, type RevealScene } from '../reveal-scene.ts';
import type { Revealed } from '../revealed.ts';
import { EVERY_DECLARED } from '../wanted-ports.ts';

/** Services of type LoadBalancer and NodePort. */
export function revealExposed(scene: RevealScene): Revealed[] {
  return [...scene.services.values()]
    .filter(({ type }) => type === 'LoadBalancer' || type === 'NodePort')
    .flatMap((service) => {
      const target = endOfService(scene, service);
      const seen = `${nameOf(service.resource)} spec.type: ${service.type}`;
      return target === undefined
        ? []
        : [{ source: OUTSIDE, target, ports: EVERY_DECLARED, sureness: 'certain' as const, seen }];
    });
}
